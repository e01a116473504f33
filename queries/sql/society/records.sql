-- Of some records those that are for society now, with the words of the version in force: shown to society, as the item allows, published and
-- not taken down. Versions that a collection under way has written must say so too, so that a correction counts before it is in force.
WITH collected AS (
    SELECT source, max(collection_id) AS latest FROM (SELECT * FROM collections FINAL)
    WHERE outcome NOT IN ('running', 'interrupted')
    GROUP BY source
)
SELECT source, record_id, argMin(title, version) AS title, argMin(event_id, version) AS event_id, argMin(url, version) AS url
FROM (
    SELECT
        toString(v.source) AS source, v.record_id AS record_id, v.version AS version, v.title AS title, v.event_id AS event_id, v.url AS url,
        v.scope = 'society' AND v.hash != 0 AND ifNull(v.published_on <= {today:Date32}, false) AND ifNull(v.withdrawn_on > {today:Date32}, true)
            AND v.item_id IN (SELECT item_id FROM items WHERE load_id = {load:UInt64} AND (empty(scopes) OR has(scopes, 'society'))) AS open,
        max(if(v.collection_id <= c.latest, v.version, 0)) OVER (PARTITION BY source, record_id) AS in_force
    FROM (
        SELECT * FROM record_versions
        WHERE (source, record_id) IN (SELECT arrayJoin(arrayZip({sources:Array(String)}, {record_ids:Array(String)}))) AND NOT moved
    ) AS v
    INNER JOIN collected AS c ON c.source = v.source
)
WHERE in_force > 0 AND version >= in_force
GROUP BY source, record_id
HAVING min(open)
