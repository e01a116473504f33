SELECT notice_id, issue_no, issued_on, unit_id, unit, item_id, problem, rectify_by, rectified_on, yellow_card, state, registered
FROM named_notices(within = {listed_within:String}, unit = {listed_unit:String}, ...)
ORDER BY issued_on, notice_id
