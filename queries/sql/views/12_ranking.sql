-- The units of a group in their order in each window (SPEC §5): rank by score, coverage and timeliness as shown, equal ones sharing a rank. group_rank is the rank in
-- the unit's own group, where all groups are asked for.
CREATE OR REPLACE VIEW ranking AS
SELECT *,
    if(unranked = '', toNullable(rank() OVER (PARTITION BY as_of ORDER BY standing DESC)), NULL) AS rank,
    if(unranked = '', toNullable(rank() OVER (PARTITION BY as_of, group_name ORDER BY standing DESC)), NULL) AS group_rank
FROM standings(...)
