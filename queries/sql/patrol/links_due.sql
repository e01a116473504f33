-- Published addresses that are due to be visited, of the window and older ones of which something is found that stands, with the records whose address each
-- is, at most so many of each host: what is to be confirmed first, then what was never visited (essential, then newest), then what was visited longest ago.
-- share is what of the week's budget may be spent; what is to be confirmed is not counted in it. Attachments are due with their page.
WITH
    {at:DateTime64(3)} AS at,
    ('gone', 'soft_404', 'login_wall', 'too_slow', 'certificate', 'server_error') AS bad,
    ('opens', 'moved') AS good,
    published AS (
        SELECT
            url, lower(netloc(url)) AS host, max(weight) AS weight, max(published_on) AS newest,
            arraySort(groupArray(50)((source, record_id, version, unit_id, item_id, title, period, published_on, display_days))) AS records
        FROM (
            SELECT trimBoth(r.url) AS url, toString(r.source) AS source, r.record_id AS record_id, r.version AS version, r.unit_id AS unit_id,
                toString(r.item_id) AS item_id, r.title AS title, r.period AS period, assumeNotNull(r.published_on) AS published_on, i.display_days AS display_days,
                transform(toString(i.class), ['essential', 'obligatory'], [3, 2], 1) AS weight
            FROM records_published(from_on = toDate32('1970-01-01'), ...) AS r
            INNER JOIN (SELECT item_id, class, display_days FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = r.item_id
            WHERE (r.published_on >= {from_on:Date32} OR (toString(r.source), r.record_id) IN (SELECT source, record_id FROM findings_in_force(...) WHERE present))
                AND match(url, '^(?i)https?://[^/]') AND ifNull(r.withdrawn_on > {as_of:Date32}, true)
        )
        GROUP BY url
    ),
    looks AS (
        SELECT if(parent_url = '', url, parent_url) AS page, parent_url, max(checked_at) AS last_at, argMax(outcome, checked_at) AS last_outcome,
            arraySlice(arrayReverseSort(groupArrayIf((checked_at, outcome), outcome IN good OR outcome IN bad)), 1, 2) AS telling,
            notEmpty(telling) AND telling[1].2 IN bad AS failing, failing AND NOT (length(telling) > 1 AND telling[2].2 IN bad) AS unconfirmed
        FROM (
            SELECT DISTINCT url, parent_url, checked_at, toString(outcome) AS outcome FROM link_checks WHERE checked_at > at - INTERVAL 60 DAY AND checked_at <= at
        )
        GROUP BY url, parent_url
    ),
    visits AS (
        SELECT p.page AS page, p.last_at AS last_at, p.last_outcome AS last_outcome, notEmpty(p.telling) AS told, p.failing OR f.failing AS failing,
            p.unconfirmed OR f.unconfirmed AS unconfirmed
        FROM (SELECT * FROM looks WHERE parent_url = '') AS p
        LEFT JOIN ( -- attachments that the page still had when it was visited last
            SELECT a.page AS page, max(a.failing) AS failing, max(a.unconfirmed) AS unconfirmed
            FROM (SELECT * FROM looks WHERE parent_url != '') AS a
            INNER JOIN (SELECT page, last_at FROM looks WHERE parent_url = '') AS of ON of.page = a.page
            WHERE a.last_at >= of.last_at
            GROUP BY page
        ) AS f ON f.page = p.page
    ),
    hosts AS (
        SELECT lower(netloc(url)) AS host, uniqExactIf((url, checked_at), checked_at > at - INTERVAL 7 DAY AND outcome != 'own_network') AS spent,
            countIf(outcome IN good) > 0 AS opened
        FROM link_checks WHERE checked_at > at - INTERVAL 60 DAY AND checked_at <= at AND parent_url = ''
        GROUP BY host
    ),
    due AS (
        SELECT p.url AS url, p.host AS host, p.weight AS weight, p.newest AS newest, p.records AS records, count() OVER (PARTITION BY p.host) AS of_host,
            v.failing AS failing, v.last_at AS last_at,
            multiIf(v.unconfirmed, 0, NOT v.told, 1, 2) AS turn,
            multiIf(
                v.page = '', true,
                v.last_outcome = 'own_network', true,
                v.unconfirmed, v.last_at <= at - toIntervalSecond({again_seconds:UInt32}),
                v.failing, v.last_at <= at - INTERVAL 1 DAY,
                v.last_at <= at - toIntervalSecond({every_seconds:UInt32})
            ) AS is_due
        FROM published AS p
        LEFT JOIN visits AS v ON v.page = p.url
    ),
    in_turn AS (
        SELECT d.*, h.opened AS opened, row_number() OVER (
                PARTITION BY d.host, d.turn = 0 ORDER BY d.turn, if(d.turn = 1, toDateTime64(0, 3, 'UTC'), d.last_at), d.weight DESC, d.newest DESC, d.url
            ) AS place,
            least(
                greatest(1, toInt64(ceil(least(d.of_host, {per_host:UInt32}) * {share:Float64}))),
                greatest(0, toInt64({per_host:UInt32}) - toInt64(h.spent))
            ) AS quota, toUInt64(count() OVER ()) AS due
        FROM (SELECT * FROM due WHERE is_due) AS d
        LEFT JOIN hosts AS h ON h.host = d.host
    )
SELECT
    url, failing, opened,
    arrayMap(r -> r.1, records) AS sources, arrayMap(r -> r.2, records) AS record_ids, arrayMap(r -> r.3, records) AS versions, arrayMap(r -> r.4, records) AS unit_ids,
    arrayMap(r -> r.5, records) AS item_ids, arrayMap(r -> r.6, records) AS titles, arrayMap(r -> r.7, records) AS periods,
    arrayMap(r -> r.8, records) AS published, arrayMap(r -> r.9, records) AS display_days,
    due
FROM in_turn
WHERE place <= if(turn = 0, 500, quota)
ORDER BY turn, place, weight DESC, url
LIMIT {limit:UInt32}
