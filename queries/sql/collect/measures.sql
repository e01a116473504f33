-- measures
-- The source's last look, its last suspicious and its last failed collection under the configuration: what the next one is compared with.
SELECT toString(outcome) AS outcome, collection_id, slot, toString(day) AS day, depth, agreeing_days
FROM collections FINAL
WHERE source = {source:String} AND outcome IN ('success', 'suspicious', 'failed') AND config_hash IN ('', {config_hash:String})
ORDER BY collection_id DESC
LIMIT 1 BY outcome
