-- The day on which each obligation that a notice of the register demands was met by a record: of one for a period or an event the earliest effective day
-- (SPEC §3) of its records, of a standing one the first day from the issue on that one is up. An event meets a nil return of its period, too. A finding of
-- the patrol is demanded as finding/ID: met on the day (UTC) on which it was mended, or dismissed. Whether that day has come yet is for who asks.
CREATE OR REPLACE VIEW rectifications AS
SELECT n.notice_id AS notice_id, n.demand AS demand, min(if(d.cadence = 'standing', greatest(d.effective_on, n.issued_on), d.effective_on)) AS met_on
FROM (
    SELECT
        *, (toInt64(period_no), ifNull(event_on, toDate32('1900-01-01')), event_key) AS own,
        arrayJoin(if(cadence = 'event' AND period_no = 0 AND placed_no > 0, [own, (toInt64(placed_no), toDate32('1900-01-01'), '')], [own])) AS meets
    FROM disclosures(as_of = toDate32('2299-12-31'), programme = '', focus = '', ...)
) AS d
INNER JOIN ( -- on this side: ClickHouse reads no record while there is no such notice
    SELECT notice_id, unit_id, issued_on, arrayJoin(arrayDistinct(demands)) AS demand FROM registered_notices(...)
) AS n ON n.unit_id = d.unit_id AND n.demand.1 = d.item_id AND n.demand.2 = d.meets.1 AND n.demand.3 = d.meets.2 AND n.demand.4 = d.meets.3
WHERE d.counts AND (d.cadence != 'standing' OR ifNull(d.withdrawn_on > greatest(d.effective_on, n.issued_on), true))
GROUP BY notice_id, demand
UNION ALL
SELECT n.notice_id, n.demand, toDate32(assumeNotNull(coalesce(f.mended_at, f.said_at)))
FROM findings_in_force(...) AS f
INNER JOIN (
    SELECT notice_id, arrayJoin(arrayFilter(demand -> startsWith(demand.4, 'finding/'), arrayDistinct(demands))) AS demand FROM registered_notices(...)
) AS n ON n.demand.4 = concat('finding/', toString(f.finding_id))
WHERE f.state IN ('mended', 'dismissed')
