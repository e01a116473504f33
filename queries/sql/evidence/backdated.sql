-- The backdated records that the window published (SPEC §3, §5), most days first, a part of them beside their number.
SELECT
    r.unit_id AS unit_id, r.unit_name AS unit, toString(r.item_id) AS item_id, r.item AS item, r.title AS title, toString(r.source) AS source, r.record_id AS record_id,
    assumeNotNull(r.published_on) AS published_on, assumeNotNull(r.evidenced_on) AS evidenced_on,
    toInt64(dateDiff('day', assumeNotNull(r.published_on), assumeNotNull(r.evidenced_on))) AS days,
    ifNull(r.uploaded_on = r.evidenced_on, false) AS by_upload, ifNull(r.shown_on = r.evidenced_on, false) AS by_earlier, r.for_society AS for_society, count() OVER () AS found
FROM published_by_group(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS r
WHERE r.backdated
ORDER BY days DESC, unit_id, item_id, source, record_id
LIMIT {limit:UInt32}
