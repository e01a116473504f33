-- What patrol has found by an instant, and what it is then: open as long as nobody has said anything of it; mended when a later look did not find it, or
-- when a person said so and no later look found it again. What people said before it was last found anew does not count; what was dismissed stays so
-- when it is gone. An instant that was frozen knows just what the freeze saw.
CREATE OR REPLACE VIEW findings_in_force AS
WITH (SELECT (count() > 0, any(collections)) FROM freezes WHERE known_at = {known_at:DateTime64(3)}) AS frozen
SELECT
    f.finding_id AS finding_id, f.kind AS kind, f.source AS source, f.record_id AS record_id, f.version AS version, f.place AS place,
    f.unit_id AS unit_id, f.item_id AS item_id, f.period AS period, f.url AS url, f.begun AS noted_at, f.found_on AS found_on,
    f.other_source AS other_source, f.other_record_id AS other_record_id, f.other_version AS other_version, f.proof AS proof,
    multiIf(
        NOT f.present, if(v.what = 'dismissed', 'dismissed', 'mended'),
        v.what IN ('', 'reopened') OR v.said_at < f.begun OR (v.what = 'mended' AND v.said_at < f.last_at), 'open',
        v.what) AS state,
    if(state = 'mended', toNullable(if(f.present, v.said_at, f.last_at)), NULL) AS mended_at,
    if(v.what = '' OR v.said_at < f.begun, '', v.what) AS said, if(said = '', '', v.reason) AS reason, if(said = '', '', v.said_by) AS said_by,
    if(said = '', NULL, toNullable(v.said_at)) AS said_at,
    f.present AS present, v.judged = 'confirmed' AND v.judged_at >= f.begun AS confirmed, f.kind IN ('id_number', 'mobile', 'bank_card') AS private
FROM (
    SELECT
        n.finding_id AS finding_id, max(n.noted_at) AS last_at, argMax(n.present, n.report_id) AS present, maxIf(n.noted_at, NOT n.present) AS absent_at,
        arrayFirst(at -> NOT present OR at > absent_at, arraySort(groupArrayIf(n.noted_at, n.present))) AS begun, argMax(n.found_on, n.report_id) AS found_on,
        toString(argMax(n.kind, n.report_id)) AS kind, toString(argMax(n.source, n.report_id)) AS source, argMax(n.record_id, n.report_id) AS record_id,
        argMax(n.version, n.report_id) AS version, argMax(n.place, n.report_id) AS place, argMax(n.unit_id, n.report_id) AS unit_id,
        toString(argMax(n.item_id, n.report_id)) AS item_id, argMax(n.period, n.report_id) AS period, argMax(n.url, n.report_id) AS url,
        toString(argMax(n.other_source, n.report_id)) AS other_source, argMax(n.other_record_id, n.report_id) AS other_record_id,
        argMax(n.other_version, n.report_id) AS other_version, argMax(n.proof, n.report_id) AS proof
    FROM findings AS n
    WHERE if(frozen.1, n.report_id <= frozen.2[':findings'], n.noted_at <= {known_at:DateTime64(3)})
    GROUP BY n.finding_id
) AS f
LEFT JOIN (
    SELECT
        finding_id, toString(argMaxIf(e.what, e.event_id, e.what != 'mended')) AS judged, maxIf(e.noted_at, e.what != 'mended') AS judged_at,
        toString(argMax(what, event_id)) AS what, argMax(reason, event_id) AS reason, argMax(noted_by, event_id) AS said_by, argMax(noted_at, event_id) AS said_at
    FROM finding_verdicts AS e
    WHERE if(frozen.1, event_id <= frozen.2[':verdicts'], noted_at <= {known_at:DateTime64(3)})
    GROUP BY finding_id
) AS v ON v.finding_id = f.finding_id
