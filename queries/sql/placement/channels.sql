-- Through which channels the records of met obligations were published, by item; channel is empty where the record names none. allowed: by the
-- item. Items with the most records first.
SELECT
    toString(m.item_id) AS item_id, any(item) AS item, toString(m.channel) AS channel, count() AS records, any(channel_allowed) AS allowed,
    sum(count()) OVER (PARTITION BY m.item_id) AS of_item
FROM met_records(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {listed_within:String}, unit = {listed_unit:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String}) AS m
GROUP BY m.item_id, m.channel
ORDER BY of_item DESC, item_id, channel
