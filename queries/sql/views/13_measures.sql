-- The units of a group in the window, with their places in it and in the window before; with groups = 'yes' the groups too, in both windows. Of a window
-- before that begins before the beginning nothing is said.
CREATE OR REPLACE VIEW measures AS
WITH {previous_from:Date32} >= {beginning:Date32} AS compared
SELECT
    now.*, parent.name AS parent, now.as_of < {as_of:Date32} AS earlier, if(compared, now.rank_before, NULL) AS previous_rank,
    if(compared, now.group_rank_before, NULL) AS previous_group_rank, if(compared, now.score_before, NULL) AS previous_score
FROM (
    SELECT
        *, lagInFrame(rank) OVER window_before AS rank_before, lagInFrame(group_rank) OVER window_before AS group_rank_before, lagInFrame(score) OVER window_before AS score_before
    FROM ranking(pool = {scope:String}, ...)
    WINDOW window_before AS (PARTITION BY unit_id ORDER BY as_of)
) AS now
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64}) AS parent ON parent.unit_id = now.parent_id
WHERE NOT earlier OR now.of_group AND compared
