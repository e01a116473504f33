-- The day on which a record was not yet there was stored a day early where the server thinks in a zone east of Greenwich. It is mended where the
-- collections tell the right day: the source was looked at on the next day, and either the server is such a one or nobody looked on the day stored.
-- What was stored is set aside first, so that a repetition mends nothing twice.
ALTER TABLE record_versions ADD COLUMN IF NOT EXISTS unseen_before Nullable(Date32);
ALTER TABLE record_versions UPDATE unseen_before = unseen_on WHERE isNotNull(unseen_on) SETTINGS mutations_sync = 2;
ALTER TABLE record_versions UPDATE unseen_on = addDays(assumeNotNull(unseen_before), 1)
WHERE isNotNull(unseen_before)
    AND (toString(source), addDays(assumeNotNull(unseen_before), 1)) IN (SELECT toString(source), day FROM collections FINAL WHERE outcome = 'success')
    AND toDate32(addHours(first_seen, 14)) >= addDays(assumeNotNull(unseen_before), 1)
    AND (
        toUnixTimestamp(toDateTime('2026-01-01 00:00:00')) < 1767225600
        OR (toString(source), assumeNotNull(unseen_before)) NOT IN (SELECT toString(source), day FROM collections FINAL WHERE outcome = 'success')
    )
SETTINGS mutations_sync = 2;
ALTER TABLE record_versions DROP COLUMN IF EXISTS unseen_before;
