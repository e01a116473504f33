SELECT * EXCEPT (in_window, lapsed, period_no, happened_on, event_key)
FROM named_obligations(within = {listed_within:String}, unit = {listed_unit:String}, ...)
WHERE in_window
ORDER BY unit_id, item_id, isNull(due_on), due_on, period, record_id
