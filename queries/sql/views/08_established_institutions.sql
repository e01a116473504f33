-- Which of the five institutions each unit has established by the as-of day (SPEC §5).
CREATE OR REPLACE VIEW established_institutions AS
SELECT unit_id, institution FROM institutions WHERE load_id = {load:UInt64} AND established_on <= {as_of:Date32}
