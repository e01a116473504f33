-- What patrol has found, each to be checked by a person, whatever the window: the oldest first.
SELECT
    toString(f.finding_id) AS finding_id, f.kind AS finding, f.state AS finding_state, f.unit_id AS unit_id, f.unit AS unit, f.item_id AS item_id, f.item AS item,
    f.period AS period, f.found_on AS found_on, f.record_id AS record_id, f.source AS source, f.title AS title, f.url AS url, f.place AS place,
    o.unit AS other_unit, f.other_record_id AS other_record_id, f.proof AS proof, f.said_by AS said_by, f.said_at AS said_at, f.reason AS reason,
    f.mended_at AS mended_at, f.group AS group
FROM named_findings(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS f
LEFT JOIN (
    SELECT r.source AS source, r.record_id AS record_id, r.version AS version, n.name AS unit
    FROM (
        SELECT toString(source) AS source, record_id, version, unit_id FROM record_versions
        WHERE (toString(source), record_id) IN (SELECT toString(other_source), other_record_id FROM findings WHERE other_record_id != '')
    ) AS r
    INNER JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS n ON n.unit_id = r.unit_id
) AS o ON o.source = f.other_source AND o.record_id = f.other_record_id AND o.version = f.other_version
ORDER BY f.found_on, f.unit_id, f.item_id, f.kind, f.finding_id
