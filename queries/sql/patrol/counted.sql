-- How many findings there are by kind, unit, item or group, by their states: those with the most that stand first, then with the oldest.
SELECT
    multiIf({by:String} = 'finding', n.kind, {by:String} = 'unit', n.unit_id, {by:String} = 'item', n.item_id, toString(n.group)) AS key,
    any(multiIf({by:String} = 'unit', n.unit, {by:String} = 'item', n.item, '')) AS name, any(toString(n.group)) AS group,
    countIf(n.state = 'open') AS open, countIf(n.state = 'confirmed') AS confirmed, countIf(n.state = 'dismissed') AS dismissed, countIf(n.state = 'mended') AS mended,
    countIf(n.private AND n.state IN ('open', 'confirmed')) AS private,
    if(open + confirmed = 0, NULL, toNullable(minIf(n.found_on, n.state IN ('open', 'confirmed')))) AS oldest
FROM named_findings(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS n
WHERE ({finding:String} = '' OR n.kind = {finding:String}) AND ({item:String} = '' OR n.item_id = {item:String})
GROUP BY key
ORDER BY open + confirmed DESC, oldest ASC NULLS LAST, key
