-- A town and one of its villages, a demonstration site; one monthly item.
INSERT INTO loads (load_id, loaded_at, timezone, backdating_tolerance_days, coverage_weight, timeliness_weight, procedure_weight, placement_weight,
    essential_weight, obligatory_weight, recommended_weight, yellow_card_deduction, overdue_deduction, deduction_limit, excellent_from, good_from,
    pass_from, verified_from, min_assessed, venue_weight, organisation_weight, operation_weight, disclosure_weight, publicity_weight)
VALUES (1, '2026-01-01 00:00:00.000', 'Asia/Shanghai', 3, 40, 30, 15, 15, 3, 2, 1, 500, 200, 2000, 9500, 8500, 6000, 9000, 1, 1, 1, 1, 1, 1);
INSERT INTO units (load_id, unit_id, name, tier, parent_id, members, contact, demonstration_since, stars, ancestors)
VALUES (1, 't1', '沙北街道', 'subdistrict', '', 100, '王某', NULL, 3, ['t1']), (1, 'v1', '湖西村', 'village', 't1', 20, '', '2025-06-01', 0, ['v1', 't1']);
INSERT INTO items (load_id, item_id, name, programme, tiers, class, cadence, due_days, day_kind, not_before)
VALUES (1, 'i1', '党费收缴', 'party', ['subdistrict', 'village'], 'essential', 'monthly', 10, 'natural', 'start');
INSERT INTO calendar VALUES (1, '2026-01-01', 'holiday');
INSERT INTO exemptions VALUES (1, 'v1', 'i1', '2026-01-02', '2026-01-03', '涉密', '区委办公室');
INSERT INTO site_scores VALUES (1, 'v1', '2026-03-01', 9000, 8000, 7000, 6000, 5000, '督导组');
INSERT INTO observations VALUES (1, 'v1', '2026-04-01', 't1', 12);
INSERT INTO notices VALUES (1, 'n1', '第1期', '2026-03-02', 'v1', 'i1', '未按时公开', '2026-03-20', NULL, true);
INSERT INTO institutions VALUES (1, 'v1', 'study', '2025-01-01');
INSERT INTO covers VALUES (1, '台账', '*', '*')
