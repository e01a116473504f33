-- The notices of the register that notices.csv does not have, each as it was noted last, with the obligations that it demands.
CREATE OR REPLACE VIEW registered_notices AS
SELECT notice_id, issue_no, issued_on, unit_id, problem, rectify_by, yellow_card, arrayZip(item_ids, period_nos, happened_on, event_keys) AS demands
FROM noted_events(...)
WHERE what = 'issued' AND notice_id NOT IN (SELECT notice_id FROM notices WHERE load_id = {load:UInt64})
ORDER BY notice_id, event_id DESC
LIMIT 1 BY notice_id
