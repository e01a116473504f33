-- The parts of the results stored for windows.
CREATE OR REPLACE VIEW layers_in_force AS
SELECT layer_id, locality FROM edition_layers WHERE edition_id IN (
    SELECT max(edition_id) FROM editions -- another one of the same time of knowledge would count everything twice
    WHERE kind = 'measures' AND load_id = {load:UInt64} AND known_at = {known_at:DateTime64(3)}
        AND has({windows:Array(Tuple(Date32, Date32, Date32))}, (as_of, from_on, to_on)) AND programme = {programme:String} AND focus = {focus:String}
    GROUP BY as_of)
