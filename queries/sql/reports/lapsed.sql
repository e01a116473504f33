SELECT * EXCEPT (in_window, lapsed, period_no, happened_on, event_key)
FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
WHERE state = 'lapsed' AND lapsed
ORDER BY lapsed_after_on, unit_id, item_id, period
