-- What evidence the records that the window published carry, by source: an uploaded day, a collection that saw them come, both, or none. A
-- record that an online source had from its first collection on has been seen, but not seen to come.
SELECT
    toString(r.source) AS source, max(r.online) AS online, count() AS records, countIf(isNotNull(r.uploaded_on)) AS uploaded,
    countIf(isNotNull(r.unseen_on)) AS seen_to_come, countIf(r.online OR isNotNull(r.uploaded_on)) AS with_evidence,
    countIf(r.dated_by_sight) AS dated_by_sight, countIf(r.backdated) AS backdated, min(r.first_seen) AS first_seen, max(r.first_seen) AS last_seen
FROM published_by_group(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS r
GROUP BY r.source
ORDER BY records DESC, source
