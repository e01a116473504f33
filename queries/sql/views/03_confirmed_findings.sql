-- Of each unit in each window what a person has confirmed of it that may cap its rating (SPEC §5): records published in the window that are back-dated, and
-- links that fail on the as-of day.
CREATE OR REPLACE VIEW confirmed_findings AS
WITH (SELECT any(timezone) FROM loads WHERE load_id = {load:UInt64}) AS zone
SELECT
    w.1 AS counted_on, f.unit_id AS of_unit,
    countIf(f.kind = 'backdated' AND r.published_on BETWEEN w.2 AND least(w.3, w.1)) AS confirmed_backdated,
    countIf(f.kind != 'backdated' AND f.found_on <= w.1) AS confirmed_failing_links
FROM (
    SELECT kind, source, record_id, version, unit_id, found_on, mended_at FROM findings_in_force(...)
    WHERE confirmed AND kind IN ('backdated', 'gone', 'soft_404', 'taken_down', 'server_error', 'certificate', 'login_wall', 'too_slow')
        AND item_id IN (SELECT item_id FROM items WHERE load_id = {load:UInt64} AND ({programme:String} = '' OR programme = {programme:String}) AND ({focus:String} = '' OR focus = {focus:String}))
) AS f
LEFT JOIN (
    SELECT toString(source) AS source, record_id, version, published_on FROM record_versions
    WHERE (toString(source), record_id) IN (SELECT toString(source), record_id FROM findings WHERE kind = 'backdated')
) AS r ON r.source = f.source AND r.record_id = f.record_id AND r.version = f.version
ARRAY JOIN {windows:Array(Tuple(Date32, Date32, Date32))} AS w
WHERE ifNull(toDate32(f.mended_at, zone) > w.1, true)
GROUP BY counted_on, of_unit
