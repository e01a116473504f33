-- What snapshots store follows the definitions of states, timeliness and ratings: stored by those of before it would be another answer than today's.
TRUNCATE TABLE IF EXISTS editions;
TRUNCATE TABLE IF EXISTS editions_begun;
TRUNCATE TABLE IF EXISTS edition_layers;

-- Standing items: the first day of the unbroken run of up days that contains the as-of day; undated events of sources with steps: the day published.
ALTER TABLE kept_obligations ADD COLUMN IF NOT EXISTS up_since Nullable(Date32);
ALTER TABLE kept_obligations ADD COLUMN IF NOT EXISTS undated_with_steps_on Nullable(Date32);

-- Carried lapses of essential items.
ALTER TABLE kept_unit_results ADD COLUMN IF NOT EXISTS essential_carried UInt64;
ALTER TABLE kept_standings ADD COLUMN IF NOT EXISTS essential_carried UInt64;
