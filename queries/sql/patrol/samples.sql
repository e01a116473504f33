-- The samples that were drawn, the latest first, with how far people and patrol agree on their records.
SELECT
    s.sample_id AS sample_id, s.drawn_at AS drawn_at, s.drawn_by AS drawn_by, s.seed AS seed, toUInt64(c.records) AS size, s.among AS among, s.from_on AS from_on,
    s.to_on AS to_on, toString(s.group_name) AS group, s.within AS within, u.name AS within_name,
    c.entered AS entered, c.both_fault AS both_fault, c.both_clear AS both_clear, c.only_machine AS only_machine, c.only_person AS only_person, c.unknown AS unknown
FROM (SELECT * FROM samples FINAL WHERE drawn_at <= {known_at:DateTime64(3)}) AS s
LEFT JOIN (
    SELECT sample_id, count() AS records, countIf(verdict != '') AS entered, countIf(verdict = 'fault' AND machine = 'fault') AS both_fault,
        countIf(verdict = 'clear' AND machine = 'clear') AS both_clear, countIf(verdict = 'clear' AND machine = 'fault') AS only_machine,
        countIf(verdict = 'fault' AND machine = 'clear') AS only_person, countIf(verdict != '' AND machine = '') AS unknown
    FROM sampled(...)
    GROUP BY sample_id
) AS c ON c.sample_id = s.sample_id
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = s.within
ORDER BY s.drawn_at DESC, s.event_id DESC
