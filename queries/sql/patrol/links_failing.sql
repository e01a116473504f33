-- Of addresses that fail at their last look that tells anything: all such looks at each, of each record and page, the latest first, and when it was last open.
SELECT
    source, record_id, url, parent_url,
    arrayMap(l -> l.1, looks) AS at, arrayMap(l -> l.2, looks) AS outcomes, arrayMap(l -> l.3, looks) AS statuses, arrayMap(l -> l.4, looks) AS finals,
    arrayMap(l -> l.5, looks) AS details, opened, opened_at
FROM (
    SELECT
        toString(source) AS source, record_id, url, parent_url,
        arraySlice(arrayReverseSort(l -> l.1, groupUniqArray((checked_at, toString(outcome), status, final_url, detail))), 1, 500) AS looks,
        countIf(outcome IN ('opens', 'moved')) > 0 AS opened, maxIf(checked_at, outcome IN ('opens', 'moved')) AS opened_at
    FROM link_checks
    WHERE url IN {addresses:Array(String)} AND outcome NOT IN ('robots', 'own_network', 'not_known')
    GROUP BY source, record_id, url, parent_url
)
WHERE looks[1].2 NOT IN ('opens', 'moved')
