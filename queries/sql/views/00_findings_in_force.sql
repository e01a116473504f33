-- Findings as they stood at an instant, a row each: the last that was noted of it by then. An instant that was frozen knows just what the freeze saw.
CREATE OR REPLACE VIEW findings_in_force AS
WITH (SELECT (count() > 0, any(collections)) FROM freezes WHERE known_at = {known_at:DateTime64(3)}) AS frozen
SELECT
    finding_id, noted_at, toString(kind) AS kind, toString(source) AS source, record_id, version, place, unit_id, toString(item_id) AS item_id, period, url, found_on,
    toString(other_source) AS other_source, other_record_id, other_version, proof,
    if(present, 'open', 'mended') AS state
FROM (
    SELECT * FROM findings
    WHERE if(frozen.1, report_id <= frozen.2[':findings'], noted_at <= {known_at:DateTime64(3)})
    ORDER BY finding_id, report_id DESC
    LIMIT 1 BY finding_id
)
