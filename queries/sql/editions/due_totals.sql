-- A part's totals of what falls due next, from its obligations.
INSERT INTO kept_due_totals
SELECT {layer:UInt64}, group_name, due_on, item_id, units, obligations, first_units
FROM due_totals(...)
