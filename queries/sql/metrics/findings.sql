-- How many findings of a kind stand in each group.
SELECT toString(group) AS group, kind, count() AS findings FROM named_findings(...) WHERE state IN ('open', 'confirmed') GROUP BY group, kind ORDER BY group, kind
