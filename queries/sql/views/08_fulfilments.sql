-- What was published for each period or event of a unit's item (SPEC §4): one row for each period with records, and for each event that
-- any source reports, published or not. An event record with no day is alone. Standing items are in standing_fulfilments.
CREATE OR REPLACE VIEW fulfilments AS
SELECT
    f.unit_id AS unit_id, f.item_id AS item_id, f.cadence AS cadence, f.period_no AS period_no, f.event_on AS event_on, f.event_key AS event_key,
    any(f.due_days) AS due_days, any(f.day_kind) AS day_kind, any(f.valid_from) AS valid_from, any(f.valid_to) AS valid_to,
    countIf(f.counts) AS records,
    minIf(f.published_on, f.counts) AS published_on,
    argMinIf((f.record_id, f.source, f.url, f.evidenced_on, f.backdated), (f.published_on, f.derived, f.record_id, f.source), f.counts) AS shown,
    minIf(f.effective_on, f.counts) AS effective_on,
    countIf(f.counts AND f.steps) AS records_with_steps,
    countIf(f.counts AND f.in_order) AS records_in_order,
    countIf(f.counts AND f.placed) AS records_placed,
    countIf(f.counts AND (f.online OR isNotNull(f.uploaded_on))) AS records_with_evidence
FROM (
    SELECT
        d.unit_id AS unit_id, d.item_id AS item_id, d.cadence AS cadence, d.due_days AS due_days, d.day_kind AS day_kind,
        d.valid_from AS valid_from, d.valid_to AS valid_to, d.record_id AS record_id, d.source AS source, d.derived AS derived, d.url AS url,
        d.evidenced_on AS evidenced_on, d.backdated AS backdated, d.published_on AS published_on, d.effective_on AS effective_on,
        d.steps AS steps, d.in_order AS in_order, d.placed AS placed, d.online AS online, d.uploaded_on AS uploaded_on,
        if(d.cadence = 'event', 0, d.period_no) AS period_no,
        if(d.cadence = 'event', d.event_on, NULL) AS event_on,
        multiIf(d.cadence != 'event', '', isNull(d.event_on), concat(d.source, '\0', d.record_id), d.event_key) AS event_key,
        d.published AND (d.cadence = 'event' OR d.not_before = 'any' OR d.published_on >= if(d.not_before = 'end', p.end_on, p.start_on)) AS counts
    FROM disclosures(known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, unit = {unit:String},
        programme = {programme:String}, focus = {focus:String}) AS d
    LEFT JOIN (
        SELECT item_id, period_no, start_on, end_on FROM item_periods
        WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
    ) AS p ON p.item_id = d.item_id AND p.period_no = d.period_no
    WHERE d.cadence != 'standing'
) AS f
GROUP BY f.unit_id, f.item_id, f.cadence, f.period_no, f.event_on, f.event_key
