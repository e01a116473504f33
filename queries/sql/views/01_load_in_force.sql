-- The load of the registry and its settings that was in force at known_at (SPEC §2, §6).
CREATE OR REPLACE VIEW load_in_force AS
SELECT * FROM loads
WHERE load_id = (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)})
