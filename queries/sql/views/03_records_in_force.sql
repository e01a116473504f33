-- The version of each record that counts, with its evidence (SPEC §3): the last one known at known_at. Collections of a source follow one
-- another, so what an interrupted one has left counts with the next that ends. A row marked moved says that a record has come to name another
-- unit: of those who read this unit alone it hides the versions before.
CREATE OR REPLACE VIEW records_in_force AS
WITH
    (SELECT any(backdating_tolerance_days) FROM loads WHERE load_id = {load:UInt64}) AS tolerance,
    (
        SELECT (groupArray(source), groupArray(latest)) FROM (
            SELECT toString(source) AS source, max(collection_id) AS latest FROM known_collections(...)
            WHERE outcome IN ('success', 'suspicious', 'failed')
            GROUP BY source
        )
    ) AS known
SELECT
    *,
    greatest(published_on, ifNull(uploaded_on, published_on), ifNull(unseen_on, published_on), ifNull(shown_on, published_on)) AS evidenced_on,
    ifNull(dateDiff('day', published_on, evidenced_on) > tolerance, false) AS backdated,
    if(backdated, evidenced_on, published_on) AS effective_on
FROM (
    SELECT * FROM record_versions
    WHERE collection_id <= transform(source, known.1, known.2, toUInt64(0))
        AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
        AND ({unit:String} = '' OR unit_id = {unit:String})
    ORDER BY source, record_id, version DESC, moved
    LIMIT 1 BY source, record_id
)
WHERE NOT moved
