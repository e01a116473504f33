SELECT notice_id, issue_no, issued_on, unit_id, unit, item_id, problem, rectify_by, rectified_on, yellow_card, state
FROM named_notices(load = {load:UInt64}, as_of = {as_of:Date32}, within = {listed_within:String}, unit = {listed_unit:String}, group_name = {group_name:String})
ORDER BY issued_on, notice_id
