-- Through which channels the records of met obligations were published, by item, a record through several in each; channel is empty where the record
-- names none. allowed: by the item. Items with the most records first.
SELECT
    toString(m.item_id) AS item_id, any(item) AS item, channel, count() AS records, any(empty(channels) OR has(channels, channel)) AS allowed,
    any(records_of_item) AS of_item
FROM (
    SELECT r.item_id AS item_id, r.item AS item, r.channels AS channels, arrayJoin(splitByChar('|', toString(r.channel))) AS channel, r.records_of_item AS records_of_item
    FROM (
        SELECT *, count() OVER (PARTITION BY item_id) AS records_of_item
        FROM met_records(within = {listed_within:String}, unit = {listed_unit:String}, ...)
    ) AS r
) AS m
GROUP BY m.item_id, channel
ORDER BY of_item DESC, item_id, channel
