-- The records of the duties, each with the cadence period it counts for (SPEC §4, annual … monthly) and with what the item makes of its
-- scope, channel, display and steps (SPEC §5) on the as-of day: what happens after it has not happened yet. Of an event item that asks for nil returns
-- (nil_months) a record that says there was none counts for a period; placed_no is the period that an event or a nil return tells of. Titles are read only
-- where an item asks.
CREATE OR REPLACE VIEW disclosures AS
WITH (SELECT count() > 0 FROM items WHERE load_id = {load:UInt64} AND nil_return != '') AS nil_returns
SELECT
    d.*,
    -- without a day that says the period: the one just before the one it was published in, if still in time for it
    if(isNull(d.period_day) AND ifNull(d.published_on <= p.previous_due_on, false), d.containing_no - 1, d.containing_no) AS placed_no,
    if(d.cadence = 'event' AND NOT d.nil, 0, placed_no) AS period_no,
    ifNull(d.published_on <= {as_of:Date32}, false) AND (period_no = 0 OR d.not_before = 'any' OR period_no < d.containing_no
        OR d.published_on >= if(d.not_before = 'end', p.end_on, p.start_on)) AS counts
FROM (
    SELECT
        o.unit_id AS unit_id, o.item_id AS item_id, o.cadence AS cadence, if(o.cadence = 'event', o.nil_months, o.months) AS months,
        o.not_before AS not_before,
        -- it says that there was none: 零报告; nothing but 无; 无 right after a month, a quarter or the period, unless it begins a word of another meaning
        if(nil_returns AND o.nil_months > 0,
            arrayExists(text -> match(
                replaceRegexpAll(
                    replaceRegexpAll(normalizeUTF8NFKC(text), '[\\s\\p{Z}]', ''),
                    '零报告(?:制度|工作|要求|规定|办法)|无(?:线|锡|偿|障碍|人机|人驾驶|人值守|公害|害化|烟|党派|形资产|纸化|毒社区|毒村|痛|缝|菌|息|土栽培|私奉献|声|疫区|疫小区|废城市|忧|讼|理由|创|证经营|证驾驶|主财产|极县|为市)',
                    'x'),
                '零报告|(?:[本当0-9一二三四五六七八九十]月|月份|季度|[本当]期)[,:]?[均暂]?无|(?:^|\\p{P})[均暂]?无\\p{P}*$'),
                [r.title, if(r.title = '' OR position(normalizeUTF8NFKC(r.event_id), '零报告') > 0, r.event_id, '')]),
            false) AS nil,
        r.record_id AS record_id, r.derived AS derived, r.source AS source, r.url AS url,
        r.published_on AS published_on, r.evidenced_on AS evidenced_on, r.backdated AS backdated, r.effective_on AS effective_on,
        if(r.withdrawn_on <= {as_of:Date32}, r.withdrawn_on, NULL) AS withdrawn_on,
        if(o.cadence = 'event' AND NOT nil, coalesce(r.occurred_on, r.approved_on), NULL) AS event_on,
        multiIf(o.cadence != 'event' OR nil, '', isNull(event_on), concat(r.source, '\0', r.record_id), r.event_key) AS event_key,
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
        -- when the event was, else what the record says of its period, else when it happened
        coalesce(event_on, r.period_to, r.occurred_on) AS period_day,
        ifNull(period_day, r.published_on) AS placing_day,
        if(months = 0, 0, intDiv(toYear(placing_day) * 12 + toMonth(placing_day) - 1, greatest(months, 1))) AS containing_no
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
