-- The records whose last staged row differs from the version in force, or that have none yet (versions = 0).
CREATE TABLE comparing_$collection ENGINE = MergeTree ORDER BY record_id AS
SELECT
    record_id,
    countIf(NOT staged) AS versions,
    maxIf(version, NOT staged) AS version_in_force,
    argMaxIf(hash, version, NOT staged) AS hash_in_force,
    maxIf(version, staged) AS last_version,
    argMaxIf(hash, version, staged) AS last_hash
FROM (
    SELECT record_id, version, hash, true AS staged FROM collecting_$collection
    UNION ALL
    SELECT record_id, version, hash, false AS staged FROM record_versions WHERE source = {source:String}
)
GROUP BY record_id
HAVING countIf(staged) > 0 AND last_version > version_in_force
    AND (versions = 0 OR last_hash != hash_in_force)
