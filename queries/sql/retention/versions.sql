-- Versions of records that no question can show any more: superseded by the horizon, in no freeze, and not the record's first, which proves when
-- it was first published.
WITH
    (
        SELECT (groupArray(source), groupArray(pins)) FROM (
            SELECT source, groupUniqArray(collection_id) AS pins FROM pinned_collections(...) GROUP BY source
        )
    ) AS pinned,
    (
        SELECT (groupArray(source), groupArray(collection_id)) FROM pinned_collections(...) WHERE horizon
    ) AS horizon
SELECT source, record_id, superseded.1 AS version, superseded.3 AS seen, superseded.4 AS hash
FROM (
    SELECT
        source, record_id, groupArray((version, collection_id, seen, hash)) AS versions,
        arrayMap(pin -> arrayMax(v -> if(v.2 <= pin, v.1, 0), versions), pinned.2[indexOf(pinned.1, toString(source))]) AS shown,
        arrayMin(v -> v.1, versions) AS first
    FROM record_versions
    WHERE NOT moved AND collection_id <= transform(toString(source), horizon.1, horizon.2, toUInt64(0))
    GROUP BY source, record_id
    HAVING count() > 2
)
ARRAY JOIN arrayFilter(v -> v.1 != first AND NOT has(shown, v.1), versions) AS superseded
SETTINGS optimize_aggregation_in_order = 1
