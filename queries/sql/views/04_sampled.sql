-- The records of samples drawn by an instant, with what was entered of each last and what patrol says of it: fault where a finding stands that it has not
-- seen mended, whatever people say of that; clear where it has looked and found none; nothing where it has not looked or could not.
CREATE OR REPLACE VIEW sampled AS
SELECT
    s.sample_id AS sample_id, s.drawn_at AS drawn_at, s.seed AS seed, d.number AS number, toString(d.source) AS source, d.record_id AS record_id, d.version AS version,
    d.unit_id AS unit_id, toString(d.item_id) AS item_id, d.period AS period, d.title AS title, d.published_on AS published_on, d.url AS url,
    v.verdict AS verdict, if(v.verdict = '', '', v.remark) AS remark, if(v.verdict = '', '', v.entered_by) AS entered_by,
    if(v.verdict = '', NULL, toNullable(v.entered_at)) AS entered_at,
    multiIf(
        (source, record_id) IN (SELECT source, record_id FROM findings_in_force(...) WHERE state IN ('open', 'confirmed') OR (state = 'dismissed' AND present)), 'fault',
        (source, record_id) IN (SELECT toString(source), record_id FROM patrol_texts WHERE fetched_at <= {known_at:DateTime64(3)} AND fault = ''), 'clear',
        (source, record_id) IN (SELECT source, record_id FROM links_in_force(...) WHERE says), 'clear',
        '') AS machine
FROM (SELECT * FROM sampled_records FINAL) AS d
INNER JOIN (SELECT * FROM samples FINAL WHERE drawn_at <= {known_at:DateTime64(3)}) AS s ON s.event_id = d.event_id
LEFT JOIN (
    SELECT sample_id, number, toString(argMax(verdict, event_id)) AS verdict, argMax(remark, event_id) AS remark, argMax(noted_by, event_id) AS entered_by,
        argMax(noted_at, event_id) AS entered_at
    FROM sample_verdicts
    WHERE noted_at <= {known_at:DateTime64(3)}
    GROUP BY sample_id, number
) AS v ON v.sample_id = s.sample_id AND v.number = d.number
