-- The records behind the obligations that the window assesses and that are met: each record that counts for one, with the obligation's unit,
-- item, period and measures. Procedure and placement leave out what an exemption covers, which has no placement (SPEC §4). Which
-- obligation a record counts for follows from unit_id, item_id, period_no, happened_on and event_key.
CREATE OR REPLACE VIEW met_records AS
SELECT
    m.unit_id AS unit_id, m.unit AS unit, m.item_id AS item_id, m.item AS item, m.group AS group, m.period AS period, m.state AS state,
    m.procedure AS procedure, m.placement AS placement, d.period_no AS period_no, d.happened_on AS happened_on, d.event_key AS event_key,
    d.source AS source, d.record_id AS record_id, d.title AS title, d.scope AS scope, d.channel AS channel, d.scopes AS scopes, d.channels AS channels,
    d.proposed_on AS proposed_on, d.reviewed_on AS reviewed_on, d.approved_on AS approved_on, assumeNotNull(d.published_on) AS published_on,
    d.withdrawn_on AS withdrawn_on, d.display_days AS display_days, d.steps AS steps, d.in_order AS in_order,
    d.scope_allowed AS scope_allowed, d.channel_allowed AS channel_allowed, d.displayed AS displayed, d.placed AS placed,
    d.for_society AS for_society
FROM (
    SELECT *
    FROM named_obligations(...)
    WHERE in_window AND isNotNull(placement)
) AS m
INNER JOIN (
    SELECT *, ifNull(event_on, toDate32('1900-01-01')) AS happened_on
    FROM disclosures(...)
    WHERE counts
) AS d ON d.unit_id = m.unit_id AND d.item_id = m.item_id AND d.period_no = m.period_no AND d.happened_on = m.happened_on
    AND d.event_key = m.event_key
