-- What published texts say that stand now: of each record in force its content, and what was last seen of its page and attachments. ref is a number for a
-- text; those of a unit and item lie together.
CREATE OR REPLACE VIEW texts_in_force AS
SELECT
    bitOr(bitShiftLeft(cityHash64(r.unit_id, r.item_id), 44), bitShiftRight(cityHash64(t.source, t.record_id, t.place), 20)) AS ref,
    toString(t.source) AS source, t.record_id AS record_id, t.version AS version, t.place AS place, t.round_id AS round_id,
    r.unit_id AS unit_id, toString(r.item_id) AS item_id, r.title AS title, r.period_from AS period_from, r.period_to AS period_to,
    coalesce(r.occurred_on, r.approved_on) AS happened_on, r.published_on AS published_on, r.url AS url,
    t.fetched_at AS fetched_at, toString(t.kind) AS kind, toString(t.fault) AS fault, t.text AS text, t.skeleton AS skeleton,
    arrayDistinct(arrayConcat(t.figures, t.days)) AS stated, t.sketch AS sketch
FROM patrol_texts AS t
INNER JOIN (
    SELECT source, record_id, version, unit_id, item_id, title, period_from, period_to, occurred_on, approved_on, published_on, url
    FROM records_in_force(...)
    WHERE published_on <= {as_of:Date32} AND ifNull(withdrawn_on > {as_of:Date32}, true)
) AS r ON r.source = t.source AND r.record_id = t.record_id
WHERE (t.source, t.record_id, t.place, t.round_id) IN (SELECT source, record_id, place, max(round_id) FROM patrol_texts GROUP BY source, record_id, place)
    AND (t.place != '' OR t.version = r.version)
