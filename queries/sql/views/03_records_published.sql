-- The records published in the window by the as-of day, of a duty or not, with what SPEC §5 counts of them: backdated, and overexposed where
-- society was shown what the item does not allow.
CREATE OR REPLACE VIEW records_published AS
SELECT v.*, v.scope = 'society' AND notEmpty(o.scopes) AND NOT has(o.scopes, 'society') AS overexposed,
    v.scope = 'society' AND NOT overexposed AS for_society, o.name AS item, o.scopes AS scopes
FROM records_in_force(...) AS v
INNER JOIN (
    SELECT item_id, name, scopes FROM items
    WHERE load_id = {load:UInt64} AND ({programme:String} = '' OR programme = {programme:String}) AND ({focus:String} = '' OR focus = {focus:String})
) AS o ON o.item_id = v.item_id
WHERE v.published_on BETWEEN {from_on:Date32} AND least({to_on:Date32}, {as_of:Date32})
