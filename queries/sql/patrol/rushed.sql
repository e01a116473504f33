-- Of each unit how many of its records of the year before came in the week before an assessment, and how many would have if it had published as all others did
-- each item: as far as days are known, of back-dated ones those that are proven.
WITH published AS (
    SELECT unit_id, item_id, assumeNotNull(effective_on) AS day, arrayExists(assessed -> day > assessed - 7 AND day <= assessed, {assessed:Array(Date32)}) AS in_week
    FROM records_in_force(within = '', unit = '', ...)
    WHERE effective_on > {from_on:Date32} AND effective_on <= {to_on:Date32}
)
SELECT u.unit_id AS unit_id, sum(u.records) AS records, sum(u.in_week) AS in_week,
    sum(u.records * if(i.records > u.records, (i.in_week - u.in_week) / (i.records - u.records), 0)) AS expected, uniqExactIf(u.item_id, u.in_week > 0) AS items
FROM (SELECT unit_id, item_id, count() AS records, countIf(in_week) AS in_week FROM published GROUP BY unit_id, item_id) AS u
INNER JOIN (SELECT item_id, count() AS records, countIf(in_week) AS in_week FROM published GROUP BY item_id) AS i ON i.item_id = u.item_id
GROUP BY unit_id
HAVING records >= 10 AND in_week * 5 >= records * 4
