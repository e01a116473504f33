-- What patrol has seen of the units of each group: addresses, those of them lately, and texts.
SELECT
    toString(u.group_name) AS group, sum(l.seen) AS seen, sum(l.recent) AS recent, sum(l.failing) AS failing, sum(t.texts) AS texts
FROM (SELECT unit_id, group_name FROM active_units(...)) AS u
LEFT JOIN (
    SELECT unit_id, countIf(says) AS seen, countIf(says AND checked_at > {known_at:DateTime64(3)} - toIntervalDay({days:UInt32})) AS recent,
        countIf(failing AND checked_at > {known_at:DateTime64(3)} - toIntervalDay({days:UInt32})) AS failing
    FROM links_in_force(...)
    GROUP BY unit_id
) AS l ON l.unit_id = u.unit_id
LEFT JOIN (
    SELECT unit_id, uniqExact(source, record_id, place) AS texts FROM patrol_texts WHERE fetched_at <= {known_at:DateTime64(3)} AND fault = '' GROUP BY unit_id
) AS t ON t.unit_id = u.unit_id
GROUP BY group
ORDER BY group
