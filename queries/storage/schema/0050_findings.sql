-- What published texts say, as patrol reads them: a row for the content of a record version, or for an attachment or page of it, whenever what it says
-- has changed. The latest row of a version and place counts.
CREATE TABLE IF NOT EXISTS patrol_texts (
    source       LowCardinality(String),
    record_id    String,
    version      UInt64,                  -- of record_versions
    place        String,                  -- empty: the record's own content; else the address of the attachment or page
    round_id     UInt64,                  -- rises with time: which round of the patrol has written it
    unit_id      String,
    item_id      LowCardinality(String),
    title        String,                  -- of the record
    period_from  Nullable(Date32),        -- as the record says; none: it names no period
    period_to    Nullable(Date32),
    happened_on  Nullable(Date32),        -- occurred_on, else approved_on
    published_on Nullable(Date32),
    fetched_at   DateTime64(3, 'UTC'),    -- when it was seen like this
    kind         LowCardinality(String),  -- html, text, pdf, docx, xlsx, doc, xls, image, other
    fault        LowCardinality(String),  -- empty: it was read; else why there is no text: see collector/attachment
    text         String CODEC(ZSTD(6)),
    skeleton     String CODEC(ZSTD(6)),   -- the text without its unit's names, figures, white space and marks: what forms have in common
    figures      Array(UInt64),           -- hashes of the figures that it states, each with the words before it
    days         Array(UInt64),           -- of the days that it states
    text_hash    UInt64 MATERIALIZED xxHash64(text),
    sketch       Array(UInt64) MATERIALIZED if(lengthUTF8(skeleton) < 20, [], [
        ngramMinHashUTF8(skeleton, 4, 3).1, ngramMinHashUTF8(skeleton, 4, 3).2, ngramMinHashUTF8(skeleton, 5, 3).1, ngramMinHashUTF8(skeleton, 5, 3).2
    ])                                    -- texts that are nearly alike have one of them in common
) ENGINE = ReplacingMergeTree ORDER BY (source, record_id, version, place, round_id);

-- What patrol found that people should look at, and that it looked again and found it mended; rows are added and never changed. Nobody is accused by a
-- row, and nothing is scored by it. Private data are masked before they are written.
CREATE TABLE IF NOT EXISTS findings (
    finding_id      UInt64,                  -- the same whenever the same is found again: hash of kind, source, record_id, place, other_source, other_record_id
    report_id       UInt64,                  -- rises with time: what was reported together
    noted_at        DateTime64(3, 'UTC'),    -- when it was written
    present         Bool,                    -- false: looked again, and it is no longer so
    kind            LowCardinality(String),
    source          LowCardinality(String),  -- of the record; empty: a finding about a unit's records together
    record_id       String,
    version         UInt64,
    place           String,                  -- empty: the record's own content; else the address of the attachment or page
    unit_id         String,
    item_id         LowCardinality(String),
    period          String,                  -- as reports write it
    url             String,                  -- where a reader finds it
    found_on        Date32,                  -- civil day since which it has stood
    other_source    LowCardinality(String),  -- of the record that it is held against; empty: none
    other_record_id String,
    other_version   UInt64,
    proof           String                   -- JSON: excerpts, numbers, thresholds
) ENGINE = ReplacingMergeTree ORDER BY (finding_id, report_id);

-- Rounds in which texts were looked at: what did not change since the last one under the same rules is not looked at again.
CREATE TABLE IF NOT EXISTS content_rounds (
    round_id UInt64,
    ended_at DateTime64(3, 'UTC'),
    rules    String                          -- version of the checks, and the registry load that texts were held against
) ENGINE = ReplacingMergeTree ORDER BY round_id;

-- How many characters an item's texts must have for patrol not to show them; 0: any.
ALTER TABLE items ADD COLUMN IF NOT EXISTS min_chars UInt16;
