-- The version of each record that counts, with its evidence (SPEC §3): the last one collected by known_at.
CREATE OR REPLACE VIEW records_in_force AS
WITH (SELECT any(backdating_tolerance_days) FROM loads WHERE load_id = {load:UInt64}) AS tolerance
SELECT
    *,
    greatest(published_on, ifNull(uploaded_on, published_on), ifNull(unseen_on, published_on)) AS evidenced_on,
    ifNull(dateDiff('day', published_on, evidenced_on) > tolerance, false) AS backdated,
    if(backdated, evidenced_on, published_on) AS effective_on
FROM (
    SELECT * FROM record_versions
    WHERE seen <= {known_at:DateTime64(3)}
    ORDER BY source, record_id, version DESC
    LIMIT 1 BY source, record_id
)
WHERE {unit:String} = '' OR unit_id = {unit:String}
