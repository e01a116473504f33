-- The units of a group in their order (SPEC §5): rank by score, coverage and timeliness as shown, equal ones sharing a rank. group_rank is the rank in
-- the unit's own group, where all groups are asked for.
CREATE OR REPLACE VIEW ranking AS
SELECT *,
    if(unranked = '', toNullable(rank() OVER (ORDER BY standing DESC)), NULL) AS rank,
    if(unranked = '', toNullable(rank() OVER (PARTITION BY group_name ORDER BY standing DESC)), NULL) AS group_rank
FROM standings(...)
