-- When a unit's standing item was up (SPEC §4): the last unbroken run of up days by the as-of day, and what ended the run before it.
-- A record is up from published_on to the day before withdrawn_on; a run is (first day up, first day not up again).
CREATE OR REPLACE VIEW standing_fulfilments AS
WITH toDate32('2299-12-31') AS never
SELECT
    s.unit_id AS unit_id, s.item_id AS item_id,
    count() AS records,
    arrayFold(
        (run, next) -> if(next.1 > run.2, (next.1, next.2, run.2), (run.1, greatest(run.2, next.2), run.3)),
        arraySort(groupArrayIf((assumeNotNull(s.published_on), ifNull(s.withdrawn_on, never)), ifNull(s.withdrawn_on > s.published_on, true))),
        (toDate32('1900-01-01'), toDate32('1900-01-01'), toDate32('1900-01-01'))) AS last_run,
    last_run.2 > {as_of:Date32} AS up,
    last_run.1 AS since,
    last_run.3 AS previous_run_ended_on, -- 1900-01-01 without one
    max(s.withdrawn_on) AS withdrawn_on,
    arraySort(groupArrayIf(
        (s.published_on, s.derived, s.record_id, s.source, s.url, s.evidenced_on, s.backdated, s.effective_on),
        ifNull(s.withdrawn_on > s.published_on, true))) AS shown_candidates,
    arrayFirst(candidate -> candidate.1 = since, shown_candidates) AS shown,
    countIf(s.steps) AS records_with_steps,
    countIf(s.in_order) AS records_in_order,
    countIf(s.placed) AS records_placed,
    countIf(s.online OR isNotNull(s.uploaded_on)) AS records_with_evidence
FROM disclosures(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, unit = {unit:String},
    programme = {programme:String}, focus = {focus:String}) AS s
WHERE s.cadence = 'standing' AND s.published
GROUP BY s.unit_id, s.item_id
