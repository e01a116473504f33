SELECT source, place, reason, content, seen
FROM rejects_in_force(...)
ORDER BY source, place
