-- The rank of each standing in a group: one more than how many units stand better.
CREATE OR REPLACE VIEW edition_places AS
SELECT standing, toUInt64(sum(units) OVER (ORDER BY standing DESC) - units + 1) AS rank
FROM (
    SELECT standing, count() AS units
    FROM edition_standings(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
        within = {within:String}, programme = {programme:String}, focus = {focus:String}, group_name = {group_name:String})
    WHERE standing > 0
    GROUP BY standing
)
