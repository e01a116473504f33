-- The view beginning of a load whose beginning the program has asked before: every question about obligations needs it, and looking for it takes as long as
-- planning half of the others' views.
CREATE OR REPLACE VIEW known_beginning AS
SELECT {beginning:Date32} AS beginning_on, {configured:Bool} AS configured
