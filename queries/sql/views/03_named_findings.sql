-- What patrol has found by the as-of day of units active on it, with the names of unit and item and the title of the record, of one ranking group or all.
-- Long numbers in titles and proofs may be private: they are masked here, whatever was found in them.
CREATE OR REPLACE VIEW named_findings AS
SELECT
    f.finding_id AS finding_id, f.kind AS kind, f.source AS source, f.record_id AS record_id, f.version AS version, f.place AS place, f.unit_id AS unit_id, f.item_id AS item_id, f.period AS period,
    f.url AS url, f.noted_at AS noted_at, f.found_on AS found_on, f.other_source AS other_source, f.other_record_id AS other_record_id, f.other_version AS other_version, f.state AS state,
    f.mended_at AS mended_at, f.said AS said, f.reason AS reason, f.said_by AS said_by, f.said_at AS said_at, f.present AS present, f.private AS private,
    u.name AS unit, u.group_name AS group, if(i.name = '', f.item_id, i.name) AS item, r.published_on AS published_on,
    replaceRegexpAll(r.title, '[0-9](?:[ -]?[0-9]){9,}[0-9Xx]', '***********') AS title,
    replaceRegexpAll(f.proof, '[0-9](?:[ -]?[0-9]){9,}[0-9Xx]', '***********') AS proof
FROM (SELECT * FROM findings_in_force(...) WHERE found_on <= {as_of:Date32}) AS f
INNER JOIN (
    SELECT unit_id, name, group_name FROM active_units(...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = f.unit_id
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = f.item_id
LEFT JOIN (
    SELECT toString(source) AS source, record_id, version, title, published_on FROM record_versions
    WHERE (toString(source), record_id) IN (SELECT toString(source), record_id FROM findings)
) AS r ON r.source = f.source AND r.record_id = f.record_id AND r.version = f.version
