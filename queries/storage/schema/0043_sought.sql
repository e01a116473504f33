-- What units and items of a load are called, as it is sought (queries/names, written by queries/registry/sought.go).
CREATE TABLE IF NOT EXISTS sought (
    load_id     UInt64,
    kind        LowCardinality(String), -- unit, item
    id          String,
    name        String,                 -- folded, without the ending of a committee or office
    text        String,                 -- folded: id, name behind the parent's, aliases; a line each
    initials    String,                 -- of the name and each alias, with a space before each
    active_from Nullable(Date32),       -- of a unit
    active_to   Nullable(Date32)
) ENGINE = MergeTree ORDER BY (load_id, kind, id);
