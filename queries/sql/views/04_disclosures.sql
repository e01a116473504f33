-- The records of the duties, each with the cadence period it counts for (SPEC §4, annual … monthly) and with what the item makes of its
-- scope, channel, display and steps (SPEC §5) on the as-of day: what happens after it has not happened yet.
CREATE OR REPLACE VIEW disclosures AS
SELECT
    d.*,
    -- without a day that says the period: the one just before the one it was published in, if still in time for it
    if(isNull(d.period_day) AND ifNull(d.published_on <= p.previous_due_on, false), d.containing_no - 1, d.containing_no) AS period_no,
    ifNull(d.published_on <= {as_of:Date32}, false) AND (d.months = 0 OR d.not_before = 'any' OR period_no < d.containing_no
        OR d.published_on >= if(d.not_before = 'end', p.end_on, p.start_on)) AS counts
FROM (
    SELECT
        o.unit_id AS unit_id, o.item_id AS item_id, o.cadence AS cadence, o.months AS months, o.not_before AS not_before,
        r.record_id AS record_id, r.derived AS derived, r.source AS source, r.url AS url,
        r.published_on AS published_on, r.evidenced_on AS evidenced_on, r.backdated AS backdated, r.effective_on AS effective_on,
        if(r.withdrawn_on <= {as_of:Date32}, r.withdrawn_on, NULL) AS withdrawn_on,
        if(o.cadence = 'event', coalesce(r.occurred_on, r.approved_on), NULL) AS event_on,
        multiIf(o.cadence != 'event', '', isNull(event_on), concat(r.source, '\0', r.record_id), r.event_key) AS event_key,
        r.online OR isNotNull(r.uploaded_on) AS with_evidence,
        r.steps AS steps,
        r.steps AND ifNull(r.proposed_on <= r.reviewed_on AND r.reviewed_on <= r.approved_on AND r.approved_on <= r.published_on, false) AS in_order,
        r.title AS title, r.scope AS scope, r.channel AS channel, o.scopes AS scopes, o.channels AS channels, o.display_days AS display_days,
        r.proposed_on AS proposed_on, r.reviewed_on AS reviewed_on, r.approved_on AS approved_on,
        empty(o.scopes) OR has(o.scopes, r.scope) AS scope_allowed,
        r.scope = 'society' AND scope_allowed AS for_society,
        empty(o.channels) OR hasAny(o.channels, splitByChar('|', r.channel)) AS channel_allowed, -- any of those it was published through
        ifNull(withdrawn_on >= r.published_on + o.display_days, true) AS displayed,
        scope_allowed AND channel_allowed AND displayed AS placed,
        -- what the record says of its period, else when it happened
        coalesce(r.period_to, r.occurred_on) AS period_day,
        ifNull(period_day, r.published_on) AS placing_day,
        if(o.months = 0, 0, intDiv(toYear(placing_day) * 12 + toMonth(placing_day) - 1, greatest(o.months, 1))) AS containing_no
    FROM records_in_force(...) AS r
    INNER JOIN (
        SELECT * FROM duties
        WHERE load_id = {load:UInt64}
            AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
            AND ({unit:String} = '' OR unit_id = {unit:String})
            AND ({programme:String} = '' OR programme = {programme:String})
            AND ({focus:String} = '' OR focus = {focus:String})
    ) AS o ON o.unit_id = r.unit_id AND o.item_id = r.item_id
) AS d
LEFT JOIN (
    SELECT item_id, period_no, start_on, end_on, previous_due_on FROM item_periods WHERE load_id = {load:UInt64}
) AS p ON p.item_id = d.item_id AND p.period_no = d.containing_no
