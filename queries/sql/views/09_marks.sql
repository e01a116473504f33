-- What counts at each unit beside its obligations (SPEC §5), of each window: the faults of its records, of a duty or not, the yellow cards of the window,
-- by the as-of day the notices open and overdue, and the institutions in place.
CREATE OR REPLACE VIEW marks AS
SELECT
    as_of, unit_id, sum(backdated) AS backdated, sum(overexposed) AS overexposed, sum(yellow_card) AS yellow_cards,
    sum(open) AS open_rectifications, sum(overdue) AS overdue_rectifications, uniqExactIf(institution, institution != '') AS institutions
FROM (
    SELECT as_of, unit_id, backdated, overexposed, false AS yellow_card, false AS open, false AS overdue, '' AS institution
    FROM faults
    WHERE layer_id IN {layers:Array(UInt64)}
        AND published_on BETWEEN {windows:Array(Tuple(Date32, Date32, Date32))}[if(as_of = {as_of:Date32}, 1, 2)].2 AND least({windows:Array(Tuple(Date32, Date32, Date32))}[if(as_of = {as_of:Date32}, 1, 2)].3, as_of)
        AND ({programme:String} = '' OR programme = {programme:String}) AND ({focus:String} = '' OR focus = {focus:String})
    UNION ALL
    SELECT
        w.1, unit_id, 0, 0, yellow_card AND issued_on BETWEEN w.2 AND least(w.3, w.1),
        issued_on <= w.1 AND ifNull(rectified_on > w.1, true),
        ifNull(rectify_by < w.1, false) AND ifNull(rectified_on > w.1, true), ''
    FROM notices_in_force(...)
    ARRAY JOIN {windows:Array(Tuple(Date32, Date32, Date32))} AS w
    UNION ALL
    SELECT w.1, unit_id, 0, 0, false, false, false, toString(institution)
    FROM institutions
    ARRAY JOIN {windows:Array(Tuple(Date32, Date32, Date32))} AS w
    WHERE load_id = {load:UInt64} AND established_on <= w.1
)
GROUP BY as_of, unit_id
