-- A part's facts: those of a subtree (within).
INSERT INTO facts
SELECT {layer:UInt64}, *
FROM computed_facts(...)
