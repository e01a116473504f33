-- Hashes of the raw rows that the source is known to have had: stored ones, those that the retention policy has removed, those in force that were
-- rejected, and those of the last collections that were left out.
SELECT content_hash AS hash FROM contents WHERE source = {source:String}
UNION DISTINCT
SELECT content_hash AS hash FROM removed_contents WHERE source = {source:String}
UNION DISTINCT
SELECT xxHash64(content) AS hash FROM rejected_rows
WHERE source = {source:String} AND collection_id = (
    SELECT max(collection_id) FROM collections FINAL WHERE source = {source:String} AND outcome IN ('success', 'suspicious', 'failed')
)
UNION DISTINCT
SELECT content AS hash FROM looked_rows WHERE source = {source:String} AND fate = 'left_out'
