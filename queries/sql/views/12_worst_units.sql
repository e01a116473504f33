-- The units with most lapses, of those with as many the ones with the lowest scores; not more than so many.
CREATE OR REPLACE VIEW worst_units AS
SELECT unit_id
FROM standings(layers = {layers:Array(UInt64)}, load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String}, programme = {programme:String}, focus = {focus:String}, pool = 'own', group_name = 'all')
ORDER BY lapsed + carried_lapsed DESC, isNull(score), score, unit_id
LIMIT {most:UInt64}
