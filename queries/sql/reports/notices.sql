SELECT
    n.notice_id AS notice_id, n.issue_no AS issue_no, n.issued_on AS issued_on, n.unit_id AS unit_id, u.name AS unit, n.item_id AS item_id,
    n.problem AS problem, n.rectify_by AS rectify_by, if(n.rectified_on <= {as_of:Date32}, n.rectified_on, NULL) AS rectified_on,
    n.yellow_card AS yellow_card,
    multiIf(n.rectified_on <= {as_of:Date32}, 'closed', n.rectify_by < {as_of:Date32}, 'overdue', 'open') AS state
FROM (SELECT * FROM notices WHERE load_id = {load:UInt64} AND issued_on <= {as_of:Date32}) AS n
INNER JOIN (
    SELECT unit_id, name
    FROM active_units(load = {load:UInt64}, as_of = {as_of:Date32}, within = {listed_within:String}, unit = {listed_unit:String})
    WHERE {group_name:String} IN ('all', group_name)
) AS u ON u.unit_id = n.unit_id
ORDER BY n.issued_on, n.notice_id
