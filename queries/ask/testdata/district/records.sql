-- The town's January is out on time, everything else lapsed; one row was rejected, a second source fails.
INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome, read, new, rejected, error)
VALUES (1, '台账', 'ledger', '2026-11-21 22:00:00.000', '2026-11-21 22:00:07.500', '2026-11-22', 'success', 2, 1, 1, ''),
       (2, '网站', 'web', '2026-11-21 22:00:00.000', '2026-11-21 22:00:02.000', '2026-11-22', 'failed', 0, 0, 0, 'no answer');
INSERT INTO record_versions (source, record_id, version, collection_id, seen, first_seen, unit_id, item_id, title, period, period_from, period_to,
    proposed_on, reviewed_on, approved_on, published_on, scope, channel, steps, place, hash)
VALUES ('台账', 'r1', 1, 1, '2026-11-21 22:00:01.000', '2026-11-21 22:00:01.000', 't1', 'i1', '一月党费', '2026-01', '2026-01-01', '2026-01-31',
    '2026-02-01', '2026-02-01', '2026-02-02', '2026-02-03', 'society', 'board', true, '台账.csv:2', 1);
INSERT INTO rejected_rows VALUES (1, '台账', '台账.csv:3', 'unit: unknown', '{"单位":"?"}', '2026-11-21 22:00:01.000')
