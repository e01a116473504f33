-- The timeliness (SPEC §5) of each demonstration site over the 12 months before it was named (part = 'before') and the 12 months from then on
-- ('after', up to the as-of day), as shown. A standing item's on_time depends on its window's first day, so it is computed here from up_since, also
-- where an exemption would cover it otherwise.
CREATE OR REPLACE VIEW site_timeliness AS
WITH
    toInt256('9690712164777231700912800') AS lcm_60,
    intDiv(lcm_60, 1000000000000000000) AS cut_off -- more than intDiv cuts off where an item has more than 60 obligations
SELECT
    unit_id, part,
    toDecimal64(intDiv(20000 * (sum(weight * intDiv(on_time * lcm_60, timely)) + sum(weight) * cut_off) + sum(weight) * lcm_60, 2 * sum(weight) * lcm_60), 4) / 10000 AS timeliness
FROM (
    SELECT
        o.unit_id AS unit_id, o.item_id AS item_id, any(o.weight) AS weight, w.1 AS part,
        countIf(o.state = 'on_time' OR ifNull(o.up_since < w.2, false)) AS on_time,
        count() AS timely
    FROM obligations(window = {all_days:Array(Tuple(Date32, Date32, Date32))}, ...) AS o
    INNER JOIN (
        SELECT unit_id, assumeNotNull(demonstration_since) AS since
        FROM units WHERE load_id = {load:UInt64} AND demonstration_since <= {as_of:Date32}
    ) AS s ON s.unit_id = o.unit_id
    ARRAY JOIN [
        ('before', toDate32(addMonths(s.since, -12)), s.since - 1),
        ('after', s.since, least(toDate32(addMonths(s.since, 12)) - 1, {as_of:Date32}))] AS w
    WHERE o.undated_with_steps_on BETWEEN w.2 AND w.3
        OR (o.state IN ('on_time', 'late', 'lapsed') OR ifNull(o.up_since < w.2, false)) AND o.due_on <= w.3 AND (o.cadence = 'standing' OR o.due_on >= w.2)
    GROUP BY o.unit_id, o.item_id, w
)
GROUP BY unit_id, part
