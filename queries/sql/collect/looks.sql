-- looks
-- The days on which the source was looked at under the configuration, each with how many rows of its list were read and whether that was all there
-- was. A source that does not tell its configuration counts as having been read to the end each time.
SELECT c.depth AS rows, if({config_hash:String} = '', 'end', toString(c.reach)) AS reach, max(c.day) AS day
FROM collections AS c FINAL
WHERE c.source = {source:String} AND c.collection_id > (SELECT max(collection_id) FROM losses WHERE source = {source:String}) AND c.outcome = 'success' AND ({config_hash:String} = '' OR c.config_hash = {config_hash:String})
GROUP BY rows, reach
