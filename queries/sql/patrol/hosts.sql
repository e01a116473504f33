-- The hosts of the published addresses of the window, those with most first: one address of each.
SELECT any(url) AS url
FROM (SELECT trimBoth(url) AS url FROM records_published(...) WHERE match(url, '^(?i)https?://[^/]'))
GROUP BY lower(netloc(url)) AS host
ORDER BY count() DESC, host
LIMIT {limit:UInt32}
