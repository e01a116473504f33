-- The records of the catalogue's items, each with the cadence period it counts for (SPEC §4, annual … monthly) and with what the item
-- makes of its scope, channel, display and steps (SPEC §5) on the as-of day: what happens after it has not happened yet.
CREATE OR REPLACE VIEW disclosures AS
WITH
    items AS (SELECT * FROM items_in_force(known_at = {known_at:DateTime64(3)}, programme = {programme:String}, focus = {focus:String})),
    dated AS (
        SELECT
            r.unit_id AS unit_id, i.item_id AS item_id, i.cadence AS cadence, i.months AS months, i.not_before AS not_before,
            i.due_days AS due_days, i.day_kind AS day_kind, i.valid_from AS valid_from, i.valid_to AS valid_to,
            r.record_id AS record_id, r.derived AS derived, r.source AS source, r.url AS url, r.online AS online, r.uploaded_on AS uploaded_on,
            r.published_on AS published_on, r.evidenced_on AS evidenced_on, r.backdated AS backdated, r.effective_on AS effective_on,
            ifNull(r.published_on <= {as_of:Date32}, false) AS published,
            if(r.withdrawn_on <= {as_of:Date32}, r.withdrawn_on, NULL) AS withdrawn_on,
            coalesce(r.occurred_on, r.approved_on) AS event_on, r.event_key AS event_key,
            r.steps AS steps,
            r.steps AND ifNull(r.proposed_on <= r.reviewed_on AND r.reviewed_on <= r.approved_on AND r.approved_on <= r.published_on, false) AS in_order,
            (empty(i.scopes) OR has(i.scopes, r.scope)) AND (empty(i.channels) OR has(i.channels, r.channel))
                AND ifNull(withdrawn_on >= r.published_on + i.display_days, true) AS placed,
            r.scope = 'society' AND notEmpty(i.scopes) AND NOT has(i.scopes, 'society') AS overexposed,
            -- the day that says the period: what the record says, else when it happened
            coalesce(r.period_to, r.occurred_on) AS period_day,
            intDiv(toYear(ifNull(period_day, r.published_on)) * 12 + toMonth(ifNull(period_day, r.published_on)) - 1, greatest(i.months, 1)) AS containing_no
        FROM records_in_force(known_at = {known_at:DateTime64(3)}, unit = {unit:String}) AS r
        INNER JOIN items AS i ON i.item_id = r.item_id
    )
SELECT
    d.*,
    -- without such a day: the period just before the one it was published in, if still in time for it
    if(isNull(d.period_day) AND ifNull(d.published_on <= before.due_on, false), d.containing_no - 1, d.containing_no) AS period_no
FROM dated AS d
LEFT JOIN (
    SELECT item_id, period_no, due_on FROM item_periods
    WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
) AS before ON before.item_id = d.item_id AND before.period_no = d.containing_no - 1
