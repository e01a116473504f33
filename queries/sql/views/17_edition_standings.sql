-- The standings of units themselves as the edition of the question keeps them, without what the registry says of the units.
CREATE OR REPLACE VIEW edition_standings AS
SELECT * EXCEPT (layer_id)
FROM kept_standings
WHERE layer_id IN (
        SELECT layer_id FROM edition_layers WHERE edition_id IN (
            SELECT max(edition_id) FROM editions -- another one of the same time of knowledge would count everything twice
            WHERE load_id = {load:UInt64} AND known_at = {known_at:DateTime64(3)} AND as_of = {as_of:Date32} AND from_on = {from_on:Date32}
                AND to_on = {to_on:Date32} AND programme = {programme:String} AND focus = {focus:String}))
    AND ({within:String} = '' OR unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {within:String}))
    AND {group_name:String} IN ('', 'all', group_name)
