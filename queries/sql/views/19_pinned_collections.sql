-- Of each source the collections up to which somebody may still ask what was known: the last one that had ended by the horizon, whence
-- anything later can be asked, and the last one that each freeze saw. What none of them shows any more may go.
CREATE OR REPLACE VIEW pinned_collections AS
WITH ended AS (SELECT toString(source) AS source, collection_id, ended_at FROM collections FINAL WHERE outcome IN ('success', 'suspicious', 'failed'))
SELECT source, max(collection_id) AS collection_id, true AS horizon FROM ended WHERE ended_at <= {before:DateTime64(3)} GROUP BY source
UNION ALL
SELECT c.source AS source, max(c.collection_id) AS collection_id, false AS horizon
FROM ended AS c
CROSS JOIN (SELECT known_at, collections FROM freezes) AS f
WHERE c.collection_id <= f.collections[c.source]
GROUP BY f.known_at, c.source
