-- The collections that had ended by an instant: known_collections of an instant that was not frozen.
CREATE OR REPLACE VIEW ended_collections AS
SELECT * FROM collections FINAL WHERE outcome != 'running' AND ended_at <= {known_at:DateTime64(3)}
