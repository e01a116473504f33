-- What supervision found at each unit by the as-of day (SPEC §5): yellow cards of the window, notices open and overdue, institutions in place.
CREATE OR REPLACE VIEW supervision AS
SELECT u.unit_id AS unit_id, n.yellow_cards AS yellow_cards, n.open_rectifications AS open_rectifications,
    n.overdue_rectifications AS overdue_rectifications, i.institutions AS institutions
FROM (
    SELECT unit_id FROM units WHERE load_id = {load:UInt64} AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String})) AND ({unit:String} = '' OR unit_id = {unit:String})
) AS u
LEFT JOIN (
    SELECT unit_id,
        countIf(yellow_card AND issued_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32})) AS yellow_cards,
        countIf(issued_on <= {as_of:Date32} AND ifNull(rectified_on > {as_of:Date32}, true)) AS open_rectifications,
        countIf(ifNull(rectify_by < {as_of:Date32}, false) AND ifNull(rectified_on > {as_of:Date32}, true)) AS overdue_rectifications
    FROM notices WHERE load_id = {load:UInt64} AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String})) GROUP BY unit_id
) AS n ON n.unit_id = u.unit_id
LEFT JOIN (
    SELECT unit_id, uniqExact(institution) AS institutions
    FROM established_institutions(...)
    WHERE ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    GROUP BY unit_id
) AS i ON i.unit_id = u.unit_id
