-- What was published for each period, event or standing item of a unit (SPEC §4): one row for each period with records (of an event item: with nil
-- returns), for each event that any source reports, published or not, and for each standing item with records. An event record with no day is alone. shown: the record that pages show.
CREATE OR REPLACE VIEW fulfilments AS
SELECT
    d.unit_id AS unit_id, d.item_id AS item_id, d.cadence AS cadence, d.period_no AS period_no, d.event_on AS event_on, d.event_key AS event_key,
    countIf(d.counts) AS records,
    minIf(d.published_on, d.counts) AS published_on,
    minIf(d.effective_on, d.counts) AS effective_on,
    argMinIf(d.shown, (d.published_on, d.derived, d.record_id, d.source), d.counts) AS shown,
    countIf(d.counts AND d.steps) AS records_with_steps,
    countIf(d.counts AND d.in_order) AS records_in_order,
    countIf(d.counts AND d.placed) AS records_placed,
    countIf(d.counts AND d.with_evidence) AS records_with_evidence,
    maxIf(d.withdrawn_on, d.counts) AS last_withdrawn_on,
    any(d.placed_no) AS placed_no,
    -- of standing items, each while it was up, in their order
    arraySort(groupArrayIf(d.display, d.cadence = 'standing' AND d.counts AND ifNull(d.withdrawn_on > d.published_on, true))) AS displays
FROM (
    SELECT
        *,
        CAST((record_id, source, url, evidenced_on, backdated, for_society), 'Tuple(record_id String, source String, url String,
            evidenced_on Nullable(Date32), backdated UInt8, for_society UInt8)') AS shown,
        CAST((assumeNotNull(published_on), derived, record_id, source, ifNull(withdrawn_on, toDate32('2299-12-31')), effective_on, shown), 'Tuple(up_on Date32,
            derived UInt8, record_id String, source String, down_on Date32, effective_on Nullable(Date32), shown Tuple(record_id String, source String, url String,
            evidenced_on Nullable(Date32), backdated UInt8, for_society UInt8))') AS display
    FROM disclosures(...)
) AS d
GROUP BY d.unit_id, d.item_id, d.cadence, d.period_no, d.event_on, d.event_key
