-- Records take half the room, for somewhat slower reading (docs/performance.md). A collection's own table stays with the fast codec (sql/collect/stage_records_settings.sql);
-- its parts change to this one when they are merged.
ALTER TABLE record_versions MODIFY SETTING default_compression_codec = 'ZSTD(1)';
