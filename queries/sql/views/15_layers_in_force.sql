-- The layers of the results stored for the window of the question.
CREATE OR REPLACE VIEW layers_in_force AS
SELECT layer_id, locality FROM edition_layers WHERE edition_id IN (
    SELECT max(edition_id) FROM editions -- another one of the same time of knowledge would count everything twice
    WHERE kind = 'results' AND load_id = {load:UInt64} AND known_at = {known_at:DateTime64(3)} AND as_of = {as_of:Date32} AND from_on = {from_on:Date32}
        AND to_on = {to_on:Date32} AND programme = {programme:String} AND focus = {focus:String})
