-- Of each list of the staged rows what was known before; of several, those that have not become longer.
SELECT list, max(version) AS lowest, min(published_on) AS earliest
FROM (
    SELECT $list AS list, version, published_on FROM collecting_$collection
    WHERE record_id IN (SELECT record_id FROM record_versions WHERE source = {source:String} AND NOT moved AND collection_id != {collection_id:UInt64})
)
WHERE list NOT IN ($grown)
GROUP BY list
