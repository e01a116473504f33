-- The view plain_standings with the caps of the rating that the assessment sets, for units, not for subtrees: the lowest holds.
CREATE OR REPLACE VIEW standings AS
WITH ['fail', 'pass', 'good', 'excellent'] AS ratings
SELECT
    s.* EXCEPT (rating, confirmed_backdated, confirmed_failing_links),
    f.confirmed_backdated AS confirmed_backdated, f.confirmed_failing_links AS confirmed_failing_links,
    if(isNull(s.rating) OR {pool:String} = 'subtree' OR s.of_group, s.rating, ratings[least(
        indexOf(ratings, s.rating),
        if(l.cap_backdated > 0 AND confirmed_backdated >= l.cap_backdated, indexOf(ratings, l.cap_backdated_best), 4),
        if(l.cap_overdue > 0 AND s.overdue_rectifications >= l.cap_overdue, indexOf(ratings, l.cap_overdue_best), 4),
        if(l.cap_failing_links > 0 AND confirmed_failing_links >= l.cap_failing_links, indexOf(ratings, l.cap_failing_links_best), 4)
    )]) AS rating
FROM plain_standings(...) AS s
LEFT JOIN confirmed_findings(...) AS f ON f.of_unit = s.unit_id AND f.counted_on = s.as_of
CROSS JOIN (SELECT * FROM loads WHERE load_id = {load:UInt64}) AS l
