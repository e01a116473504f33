-- Of each address of a record what its last visit by an instant said, and when it was last seen open. Visits while our own network was down say nothing;
-- where there are no others, that is what is said.
CREATE OR REPLACE VIEW links_in_force AS
SELECT
    v.url AS url, toString(v.source) AS source, v.record_id AS record_id, argMax(v.parent_url, v.checked_at) AS parent_url, argMax(v.unit_id, v.checked_at) AS unit_id,
    toString(argMax(v.item_id, v.checked_at)) AS item_id, count() AS visits,
    argMax((toString(v.outcome), v.status, v.final_url, v.elapsed_ms, v.checked_at), (v.outcome != 'own_network', v.checked_at)) AS last,
    last.1 AS outcome, last.2 AS status, last.3 AS final_url, last.4 AS elapsed_ms, last.5 AS checked_at,
    if(countIf(v.outcome IN ('opens', 'moved')) = 0, NULL, toNullable(maxIf(v.checked_at, v.outcome IN ('opens', 'moved')))) AS last_open_at,
    outcome NOT IN ('own_network', 'robots', 'not_known') AS says,
    says AND outcome NOT IN ('opens', 'moved') AS failing
FROM link_checks AS v FINAL
WHERE v.noted_at <= {known_at:DateTime64(3)}
GROUP BY v.url, v.source, v.record_id
