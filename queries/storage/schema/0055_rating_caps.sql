-- Caps of the rating (rating_caps of assessment.yaml): from how many on, 0 where there is no such cap, and the best rating that is left.
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_backdated UInt32;
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_backdated_best LowCardinality(String);
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_overdue UInt32;
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_overdue_best LowCardinality(String);
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_failing_links UInt32;
ALTER TABLE loads ADD COLUMN IF NOT EXISTS cap_failing_links_best LowCardinality(String);

ALTER TABLE kept_standings ADD COLUMN IF NOT EXISTS confirmed_backdated UInt64;
ALTER TABLE kept_standings ADD COLUMN IF NOT EXISTS confirmed_failing_links UInt64;
