-- The registry (SPEC §2). Each load is stored whole under its load_id; the row in loads is written last and makes it count.
CREATE TABLE loads (
    load_id                  UInt64,
    loaded_at                DateTime64(3, 'UTC'),
    hash                     String,          -- of registry files, assessment and what sources cover
    program                  String,          -- version of the program that loaded it
    timezone                 String,
    since                    Nullable(Date32), -- carried lapses count from here; NULL: 1 January of the year before the as-of day's
    backdating_tolerance_days UInt16,
    coverage_weight          UInt32,           -- the four measure weights as whole numbers in their ratio
    timeliness_weight        UInt32,
    procedure_weight         UInt32,
    placement_weight         UInt32,
    essential_weight         UInt32,           -- the three class weights as whole numbers in their ratio
    obligatory_weight        UInt32,
    recommended_weight       UInt32,
    yellow_card_deduction    UInt32,           -- hundredths of a point
    overdue_deduction        UInt32,
    deduction_limit          UInt32,
    excellent_from           UInt32,           -- hundredths of a point
    good_from                UInt32,
    pass_from                UInt32,
    verified_from            UInt32,           -- ten-thousandths
    min_assessed             UInt32,
    venue_weight             UInt32,           -- the five site aspects' weights as whole numbers in their ratio
    organisation_weight      UInt32,
    operation_weight         UInt32,
    disclosure_weight        UInt32,
    publicity_weight         UInt32
) ENGINE = MergeTree ORDER BY load_id;

CREATE TABLE units (
    load_id UInt64, unit_id String, name String, tier LowCardinality(String), parent_id String, members UInt32,
    aliases Array(String), contact String, demonstration_since Nullable(Date32), stars UInt8,
    active_from Nullable(Date32), active_to Nullable(Date32),
    ancestors Array(String) -- the unit itself, its parent, … up to the root
) ENGINE = MergeTree ORDER BY (load_id, unit_id);

CREATE TABLE items (
    load_id UInt64, item_id LowCardinality(String), name String, programme LowCardinality(String), catalogue LowCardinality(String),
    tiers Array(String), focus LowCardinality(String), class LowCardinality(String), scopes Array(String), channels Array(String),
    cadence LowCardinality(String), due_days UInt16, day_kind LowCardinality(String), display_days UInt16,
    not_before LowCardinality(String), valid_from Nullable(Date32), valid_to Nullable(Date32), legal_basis String, aliases Array(String)
) ENGINE = MergeTree ORDER BY (load_id, item_id);

CREATE TABLE calendar (load_id UInt64, date Date32, kind LowCardinality(String))
ENGINE = MergeTree ORDER BY (load_id, date);

CREATE TABLE exemptions (
    load_id UInt64, unit_id String, item_id String, from_on Nullable(Date32), to_on Nullable(Date32), reason String, approved_by String
) ENGINE = MergeTree ORDER BY (load_id, unit_id, item_id);

CREATE TABLE site_scores (
    load_id UInt64, unit_id String, inspected_on Date32, venue UInt16, organisation UInt16, operation UInt16, disclosure UInt16,
    publicity UInt16, inspector String -- aspects in hundredths of a point
) ENGINE = MergeTree ORDER BY (load_id, unit_id, inspected_on);

CREATE TABLE observations (load_id UInt64, site_id String, visited_on Date32, visitor_id String, attendees UInt32)
ENGINE = MergeTree ORDER BY (load_id, site_id, visited_on);

CREATE TABLE notices (
    load_id UInt64, notice_id String, issue_no String, issued_on Date32, unit_id String, item_id String, problem String,
    rectify_by Nullable(Date32), rectified_on Nullable(Date32), yellow_card Bool
) ENGINE = MergeTree ORDER BY (load_id, notice_id);

CREATE TABLE institutions (load_id UInt64, unit_id String, institution LowCardinality(String), established_on Date32)
ENGINE = MergeTree ORDER BY (load_id, unit_id, institution);

CREATE TABLE covers (load_id UInt64, source LowCardinality(String), unit_id String, item_id String)
ENGINE = MergeTree ORDER BY (load_id, unit_id, item_id, source);
