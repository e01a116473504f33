-- notices_in_force as long as nothing was noted in the register.
CREATE OR REPLACE VIEW notices_of_file AS
SELECT notice_id, issue_no, issued_on, unit_id, item_id, problem, rectify_by, rectified_on, yellow_card, if(item_id = '', [], [item_id]) AS items, false AS registered
FROM notices
WHERE load_id = {load:UInt64}
