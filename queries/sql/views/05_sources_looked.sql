-- For each unit and item ('*' is every one) that a source covers: the day of the last successful collection of the source that
-- looked longest ago; NULL where one of them never did (SPEC §4, state 5).
CREATE OR REPLACE VIEW sources_looked AS
SELECT
    c.unit_id AS unit_id, c.item_id AS item_id,
    if(countIf(s.source = '') > 0, NULL, min(s.day)) AS looked_on
FROM covers AS c
LEFT JOIN (
    SELECT source, max(day) AS day FROM collections FINAL
    WHERE outcome = 'success' AND started_at <= {known_at:DateTime64(3)}
    GROUP BY source
) AS s ON s.source = c.source
WHERE c.load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
GROUP BY c.unit_id, c.item_id
