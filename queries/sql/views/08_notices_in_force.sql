-- All rectification notices that count: those of notices.csv, and those of the register that are not among them. One of the register is rectified
-- on the day on which the last obligation that it demands was met, and not before it was issued. rectified_on may be after the as-of day.
CREATE OR REPLACE VIEW notices_in_force AS
SELECT * FROM notices_of_file(...)
UNION ALL
SELECT
    n.notice_id, n.issue_no, n.issued_on, n.unit_id, if(length(n.of_items) = 1, n.of_items[1], ''), n.problem, n.rectify_by,
    if(notEmpty(n.demands) AND r.met = length(arrayDistinct(n.demands)), toNullable(greatest(n.issued_on, r.met_on)), NULL), n.yellow_card, n.of_items, true
FROM (
    SELECT *, arraySort(arrayDistinct(arrayMap(demand -> demand.1, demands))) AS of_items FROM registered_notices(...)
) AS n
LEFT JOIN (
    SELECT notice_id, count() AS met, assumeNotNull(max(met_on)) AS met_on FROM rectifications(...) GROUP BY notice_id
) AS r ON r.notice_id = n.notice_id
