-- The staged rows that add a version: the last one of a record that is new or differs from the version in force, and those
-- before it that say something else, for the first time ever. Those that are there already, added before an interruption, are left out.
-- A later version keeps what the first one knows: when the record was first seen and where it was not yet, and the day of
-- publication when that was taken from the first sight. A day that was shown stays where the site shows none any more: nobody is late by that. What
-- an online record showed before is remembered: the latest day of publication that is not after the day of the first sight.
INSERT INTO record_versions
WITH
    (SELECT mapFromArrays(groupArray(collection_id), groupArray(day)) FROM collections FINAL WHERE source = {source:String}) AS days,
    -- Of each list what was known: below it, and older than all of it, stands what may only have moved up, as the list is no longer than it was.
    known AS ($known)
SELECT
    staged.source, staged.record_id, staged.derived, staged.version, staged.collection_id, staged.seen,
    if(first.versions > 0, first.seen, staged.seen),
    staged.unit_id, staged.item_id, staged.title, staged.event_id, staged.event_key,
    staged.period, staged.period_from, staged.period_to,
    staged.occurred_on, staged.proposed_on, staged.reviewed_on, staged.approved_on,
    if(staged.dated_by_sight AND first.versions > 0, coalesce(first.told_on, first.day_of_sight, staged.published_on), staged.published_on),
    staged.uploaded_on, staged.withdrawn_on,
    multiIf(
        first.versions > 0, first.unseen_on,
        ifNull(staged.published_on < known.earliest, false) AND staged.version > known.lowest, if(isNull(staged.unseen_on) OR {last_end:String} = '', NULL, least(staged.unseen_on, toDate32OrNull({last_end:String}))),
        staged.unseen_on),
    staged.scope, staged.channel, staged.url, staged.steps, staged.online, staged.dated_by_sight AND NOT (first.versions > 0 AND first.told_on IS NOT NULL), staged.place, staged.hash, false,
    if(staged.online AND notEmpty(arrayFilter(day -> day <= days[first.collection_id], first.shown)),
        arrayMax(arrayFilter(day -> day <= days[first.collection_id], first.shown)), NULL)
FROM (
    SELECT
        s.*,
        $list AS list,
        c.last_version AS last_version,
        c.last_hash AS last_hash,
        row_number() OVER (PARTITION BY s.record_id, s.hash ORDER BY s.version) AS occurrence
    FROM collecting_$collection AS s
    INNER JOIN (SELECT DISTINCT * FROM comparing_$collection) AS c ON c.record_id = s.record_id
    WHERE s.version > c.version_in_force
) AS staged
LEFT JOIN (
    SELECT
        record_id,
        count() AS versions,
        min(first_seen) AS seen,
        argMin(tuple(unseen_on), version).1 AS unseen_on,
        argMin(tuple(if(dated_by_sight, published_on, NULL)), version).1 AS day_of_sight,
        argMaxIf(published_on, version, online AND NOT dated_by_sight AND isNotNull(published_on)) AS told_on,
        groupUniqArray(hash) AS hashes,
        argMin(collection_id, version) AS collection_id,
        arrayConcat(groupUniqArrayIf(assumeNotNull(published_on), isNotNull(published_on) AND NOT dated_by_sight),
            groupUniqArrayIf(assumeNotNull(shown_on), isNotNull(shown_on))) AS shown
    FROM record_versions
    WHERE source = {source:String} AND NOT moved AND record_id IN (SELECT record_id FROM comparing_$collection WHERE version_in_force > 0)
    GROUP BY record_id
) AS first ON first.record_id = staged.record_id
LEFT JOIN known ON known.list = staged.list
WHERE (staged.record_id, staged.version) NOT IN (
        SELECT record_id, version FROM record_versions WHERE source = {source:String} AND collection_id = {collection_id:UInt64} AND NOT moved
    )
    AND (
        staged.version = staged.last_version
        OR (staged.hash != staged.last_hash AND staged.occurrence = 1 AND NOT has(first.hashes, staged.hash)
            AND (staged.record_id, staged.hash) NOT IN (
                SELECT record_id, hash FROM removed_versions
                WHERE source = {source:String} AND record_id IN (SELECT record_id FROM comparing_$collection WHERE version_in_force > 0)
            ))
    )
