-- A part's totals by item, from its obligations.
INSERT INTO kept_item_totals
SELECT {layer:UInt64}, group_name, item_id, units, assessed, met, on_time, lapsed
FROM item_totals(...)
