-- The notices of the report notices with what a page says beside them: overdue ones first, the longest on top; then open ones by their limit;
-- then closed ones, the latest first.
SELECT
    n.notice_id AS notice_id, n.issue_no AS issue_no, n.issued_on AS issued_on, n.unit_id AS unit_id, n.unit AS unit, n.group_name AS group,
    n.item_id AS item_id, i.name AS item, n.problem AS problem, n.rectify_by AS rectify_by, n.rectified_on AS rectified_on,
    n.yellow_card AS yellow_card, n.issued_on BETWEEN {from_on:Date32} AND {to_on:Date32} AS in_window, n.outcome AS outcome,
    toNullable(n.days_over) AS days_over, toUInt64(n.occasion) AS occasion, n.registered AS registered
FROM named_notices(within = {listed_within:String}, unit = {listed_unit:String}, ...) AS n
LEFT JOIN (SELECT toString(item_id) AS item_id, name FROM items WHERE load_id = {load:UInt64}) AS i ON i.item_id = n.item_id
ORDER BY
    indexOf(['overdue', 'open'], n.outcome) = 0, n.outcome = 'open', if(n.rectified_on IS NULL, n.rectify_by, NULL) ASC NULLS LAST,
    n.rectified_on DESC NULLS LAST, n.issued_on, n.notice_id
