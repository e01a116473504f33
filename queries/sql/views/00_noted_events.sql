-- What was noted of rectification notices by an instant. An instant that was frozen knows just what the freeze saw.
CREATE OR REPLACE VIEW noted_events AS
WITH (SELECT (count() > 0, any(collections)) FROM freezes WHERE known_at = {known_at:DateTime64(3)}) AS frozen
SELECT *
FROM notice_events FINAL
WHERE if(frozen.1, event_id <= frozen.2[':notices'], noted_at <= {known_at:DateTime64(3)})
