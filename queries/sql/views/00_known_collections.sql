-- The collections that were known at an instant: those that had ended by then. What a collection read becomes known all at once when it ends,
-- whenever it began, so a question about an instant has the same answer ever after. An instant that was frozen knows just those that the
-- freeze saw, whatever a clock says of one that was ending at that moment.
CREATE OR REPLACE VIEW known_collections AS
WITH (SELECT (count() > 0, any(collections)) FROM freezes WHERE known_at = {known_at:DateTime64(3)}) AS frozen
SELECT *
FROM collections FINAL
WHERE outcome != 'running' AND if(frozen.1, collection_id <= frozen.2[toString(source)], ended_at <= {known_at:DateTime64(3)})
