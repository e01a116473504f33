-- What was published for each period, event or standing item of a unit (SPEC §4): one row for each period with records, for each event that any
-- source reports, published or not, and for each standing item with records. An event record with no day is alone.
-- A standing record is up from published_on to the day before withdrawn_on; a run is (first day up, first day not up again, end of the run before).
CREATE OR REPLACE VIEW fulfilments AS
WITH toDate32('1900-01-01') AS none, toDate32('2299-12-31') AS never
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.period_no AS period_no, d.event_on AS event_on, d.event_key AS event_key, d.cadence = 'event' AS event,
    countIf(d.counts) AS records,
    minIf(d.published_on, d.counts) AS published_on,
    minIf(d.effective_on, d.counts) AS effective_on,
    argMinIf((d.record_id, toString(d.source), d.url, d.evidenced_on, d.backdated, d.for_society), (d.published_on, d.derived, d.record_id, d.source), d.counts) AS shown,
    countIf(d.counts AND d.steps) AS records_with_steps,
    countIf(d.counts AND d.in_order) AS records_in_order,
    countIf(d.counts AND d.placed) AS records_placed,
    countIf(d.counts AND d.with_evidence) AS records_with_evidence,
    arraySort(groupArrayIf(
        (assumeNotNull(d.published_on), d.derived, d.record_id, toString(d.source), d.url, d.evidenced_on, d.backdated, d.effective_on, ifNull(d.withdrawn_on, never), d.for_society),
        d.cadence = 'standing' AND d.counts AND ifNull(d.withdrawn_on > d.published_on, true))) AS displays,
    arrayFold(
        (run, next) -> if(next.1 > run.2, (next.1, next.2, run.2), (run.1, greatest(run.2, next.2), run.3)),
        arrayMap(display -> (display.1, display.9), displays), (none, none, none)) AS last_run,
    last_run.2 > {as_of:Date32} AS up,
    last_run.1 AS up_since,
    last_run.3 AS previous_run_ended_on,
    ifNull(maxIf(d.withdrawn_on, d.counts), none) AS last_withdrawn_on,
    arrayFirst(display -> display.1 = up_since, displays) AS shown_display
FROM disclosures(...) AS d
GROUP BY d.unit_id, d.item_id, d.cadence, d.period_no, d.event_on, d.event_key
