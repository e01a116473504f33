-- Stored contents of records in force that were not read yet, and records of which there are none: their titles alone.
WITH unread AS (
    SELECT source, record_id, version, unit_id, item_id, title, period_from, period_to, coalesce(occurred_on, approved_on) AS happened_on, published_on, online
    FROM records_in_force(within = '', unit = '', ...)
    WHERE published_on <= {as_of:Date32} AND ifNull(withdrawn_on > {as_of:Date32}, true)
        AND (source, record_id, version) NOT IN (SELECT source, record_id, version FROM patrol_texts WHERE place = '')
)
SELECT toString(c.source) AS source, c.record_id AS record_id, c.version AS version, r.unit_id AS unit_id, toString(r.item_id) AS item_id, r.title AS title,
    r.period_from AS period_from, r.period_to AS period_to, r.happened_on AS happened_on, r.published_on AS published_on, c.seen AS seen, c.content AS content
FROM (SELECT source, record_id, version, seen, content FROM contents) AS c
INNER JOIN unread AS r ON r.source = c.source AND r.record_id = c.record_id AND r.version = c.version
UNION ALL
SELECT toString(source), record_id, version, unit_id, toString(item_id), title, period_from, period_to, happened_on, published_on, fromUnixTimestamp64Milli(0, 'UTC'), ''
FROM unread
WHERE (source, record_id, version) NOT IN (SELECT source, record_id, version FROM contents)
