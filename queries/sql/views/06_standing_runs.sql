-- While which days each standing item of a unit was up (SPEC §4): a record is up from its published_on to the day before its withdrawn_on, and a run lasts
-- as long as any is. Of the last run: its first day, the first day not up again, the end of the run before, and the record that began it.
CREATE OR REPLACE VIEW standing_runs AS
WITH toDate32('1900-01-01') AS none
SELECT
    f.* EXCEPT (displays, published_on, effective_on, shown, last_withdrawn_on),
    arrayFold(
        (run, display) -> if(display.up_on > run.2, (display.up_on, display.down_on, run.2), (run.1, greatest(run.2, display.down_on), run.3)),
        f.displays, (none, none, none)) AS last_run,
    last_run.1 AS up_since,
    last_run.2 > {as_of:Date32} AS up,
    last_run.3 AS previous_run_ended_on,
    ifNull(f.last_withdrawn_on, none) AS last_withdrawn_on,
    arrayFirst(display -> display.up_on = up_since, f.displays) AS first_display
FROM fulfilments(unit = '', programme = '', focus = '', ...) AS f
WHERE f.cadence = 'standing'
