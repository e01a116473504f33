-- A layer's facts: those of a subtree (within).
INSERT INTO facts
SELECT {layer:UInt64}, *
FROM computed_facts(load = {load:UInt64}, known_at = {known_at:DateTime64(3)}, as_of = {as_of:Date32}, from_on = {from_on:Date32}, to_on = {to_on:Date32},
    within = {within:String})
