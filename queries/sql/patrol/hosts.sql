-- The hosts of the published addresses of the window, those with most first: one address of each.
SELECT any(address) AS url
FROM (SELECT trimBoth(url) AS address, lower(netloc(address)) AS host FROM records_published(...) WHERE match(address, '^(?i)https?://[^/]'))
GROUP BY host
ORDER BY count() DESC, host
LIMIT {limit:UInt32}
