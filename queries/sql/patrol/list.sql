-- A part of what patrol has found, private data first, then the oldest, with what it resembles; found says how many there are. An empty parameter is any; standing is what is
-- open or confirmed.
SELECT
    f.finding_id AS finding_id, f.kind AS finding, f.state AS finding_state, f.unit_id AS unit_id, f.unit AS unit, toString(f.group) AS group, f.item_id AS item_id, f.item AS item,
    f.period AS period, f.found_on AS found_on, f.noted_at AS noted_at, f.source AS source, f.record_id AS record_id, f.version AS version, f.title AS title,
    f.published_on AS published_on, f.place AS place, f.url AS url, f.other_source AS other_source, f.other_record_id AS other_record_id,
    f.other_version AS other_version, o.unit AS other_unit, o.title AS other_title, f.proof AS proof, toBool(f.private) AS private, f.said AS said, f.reason AS reason,
    f.said_by AS said_by, f.said_at AS said_at, f.mended_at AS mended_at, f.found AS found
FROM (
    SELECT *, count() OVER () AS found
    FROM named_findings(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    WHERE ({finding:String} = '' OR kind = {finding:String})
        AND ({state:String} = '' OR state = {state:String} OR ({state:String} = 'standing' AND state IN ('open', 'confirmed')))
        AND ({item:String} = '' OR item_id = {item:String})
        AND ({private:String} = 'yes' OR NOT private)
        AND ({ids:String} = '' OR has(splitByChar('|', {ids:String}), toString(finding_id)))
        AND noted_at > {after:DateTime64(3)}
    ORDER BY private DESC, found_on, unit_id, item_id, kind, finding_id
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}
) AS f
LEFT JOIN (
    SELECT r.source AS source, r.record_id AS record_id, r.version AS version, n.name AS unit, replaceRegexpAll(r.title, '[0-9](?:[ -]?[0-9]){9,}[0-9Xx]', '***********') AS title
    FROM (
        SELECT toString(source) AS source, record_id, version, unit_id, title FROM record_versions
        WHERE (toString(source), record_id) IN (SELECT toString(other_source), other_record_id FROM findings WHERE other_record_id != '')
    ) AS r
    INNER JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS n ON n.unit_id = r.unit_id
) AS o ON o.source = f.other_source AND o.record_id = f.other_record_id AND o.version = f.other_version
ORDER BY f.private DESC, f.found_on, f.unit_id, f.item_id, f.kind, f.finding_id
