-- The view standings, of units themselves, as stored in the snapshot of the question.
CREATE OR REPLACE VIEW named_edition_standings AS
SELECT u.name AS name, u.tier AS tier, u.parent_id AS parent_id, u.stars AS stars, s.*, false AS of_group
FROM edition_standings(...) AS s
INNER JOIN (SELECT unit_id, name, tier, parent_id, stars FROM units WHERE load_id = {load:UInt64}) AS u ON u.unit_id = s.unit_id
