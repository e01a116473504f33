-- A part's totals by month, from its obligations.
INSERT INTO kept_month_totals
SELECT {layer:UInt64}, group_name, month, on_time, late, lapsed, evidenced, unverified, pending, units, met_units, members, met_members
FROM month_totals(...)
