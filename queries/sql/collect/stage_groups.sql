-- Units and items whose staged rows may be versions of other records than their ids say.
CREATE TABLE IF NOT EXISTS grouping_$collection (unit_id String, item_id String) ENGINE = MergeTree ORDER BY (unit_id, item_id)
