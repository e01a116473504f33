SELECT source, place, reason, content, seen
FROM rejects_in_force(known_at = {known_at:DateTime64(3)})
ORDER BY source, place
