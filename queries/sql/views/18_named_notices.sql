-- The notices issued by the as-of day to units active on it, with what became of each (SPEC §5: open, overdue), of those closed whether in time,
-- and which notice on the same item to the same unit it is; of one about several items the most of them.
CREATE OR REPLACE VIEW named_notices AS
SELECT
    n.notice_id AS notice_id, n.issue_no AS issue_no, n.issued_on AS issued_on, n.unit_id AS unit_id, u.name AS unit, n.item_id AS item_id,
    n.problem AS problem, n.rectify_by AS rectify_by, if(n.rectified_on <= {as_of:Date32}, n.rectified_on, NULL) AS rectified_on,
    n.yellow_card AS yellow_card, n.registered AS registered,
    multiIf(n.rectified_on <= {as_of:Date32}, 'closed', n.rectify_by < {as_of:Date32}, 'overdue', 'open') AS state,
    u.group_name AS group_name,
    multiIf(state != 'closed', state, ifNull(n.rectified_on > n.rectify_by, false), 'late', 'on_time') AS outcome,
    multiIf(
        outcome = 'overdue', toNullable(dateDiff('day', assumeNotNull(n.rectify_by), {as_of:Date32})),
        outcome = 'late', dateDiff('day', assumeNotNull(n.rectify_by), assumeNotNull(n.rectified_on)),
        NULL) AS days_over,
    groupArray((n.items, n.issued_on, n.notice_id)) OVER (PARTITION BY n.unit_id) AS of_unit,
    greatest(1, arrayMax(arrayMap(item -> arrayCount(other -> has(other.1, item) AND (other.2, other.3) <= (n.issued_on, n.notice_id), of_unit), n.items))) AS occasion
FROM (SELECT * FROM notices_in_force(...) WHERE issued_on <= {as_of:Date32}) AS n
INNER JOIN (
    SELECT unit_id, name, group_name
    FROM active_units(...)
    WHERE {group_name:String} IN ('', 'all', group_name)
) AS u ON u.unit_id = n.unit_id
