-- The records whose last staged row differs from the version in force, or that have none yet.
INSERT INTO comparing_$collection
SELECT
    record_id,
    maxIf(version, NOT staged) AS version_in_force,
    maxIf(version, staged) AS last_version,
    argMaxIf(hash, version, staged) AS last_hash
FROM (
    SELECT record_id, version, hash, true AS staged FROM collecting_$collection
    UNION ALL
    SELECT record_id, version, hash, false AS staged FROM record_versions WHERE source = {source:String} AND NOT moved
)
GROUP BY record_id
HAVING last_version > version_in_force AND (version_in_force = 0 OR last_hash != argMaxIf(hash, version, NOT staged))
