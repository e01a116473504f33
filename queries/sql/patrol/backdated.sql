-- The records that are back-dated (SPEC §3), of a duty or not.
SELECT
    toString(source) AS source, record_id, version, unit_id, toString(item_id) AS item_id, period, trim(url) AS url,
    assumeNotNull(published_on) AS published_on, assumeNotNull(evidenced_on) AS evidenced_on
FROM records_in_force(within = '', unit = '', ...)
WHERE backdated
