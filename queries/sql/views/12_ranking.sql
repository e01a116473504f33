-- The units of a group in their order (SPEC §5): rank by score, coverage and timeliness as shown, equal ones sharing a rank. group_rank is the rank in
-- the unit's own group, where all groups are asked for.
CREATE OR REPLACE VIEW ranking AS
SELECT *,
    if(unranked = '', toNullable(rank() OVER (ORDER BY standing DESC)), NULL) AS rank,
    if(unranked = '', toNullable(rank() OVER (PARTITION BY group_name ORDER BY standing DESC)), NULL) AS group_rank
FROM standings(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, programme = {programme:String}, focus = {focus:String}, pool = {pool:String}, group_name = {group_name:String})
