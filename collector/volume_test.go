package collector_test

import (
	"errors"
	"testing"
)

const withdrawals = `SELECT concatWithSeparator(' ', record_id, title, ifNull(toString(withdrawn_on), 'up')) AS line FROM (
	SELECT * FROM record_versions ORDER BY record_id, version DESC LIMIT 1 BY record_id) ORDER BY record_id`

func TestSuspiciouslyShortListWithdrawsNothing(t *testing.T) {
	o := newObserver(t)
	o.site.complete = true
	if summary := o.mustLook("a", "b", "c", "d", "x"); summary.Warning != "" { // 1 July
		t.Errorf("the first collection warns: %s", summary.Warning)
	}
	short := o.mustLook("a", "e") // 2 July: two of five
	if short.Warning == "" || short.New != 1 || short.Withdrawn != 0 || short.Rejected != 0 {
		t.Errorf("short list: %+v", short)
	}
	o.expect("all stay, and what was read is kept", withdrawals, "a a up", "b b up", "c c up", "d d up", "e e up")
	o.expect("the reject stays", `SELECT DISTINCT place AS line FROM rejected_rows WHERE collection_id = (SELECT max(collection_id) FROM collections)`, "page")
	o.expect("the collection is flagged", `SELECT outcome || ' ' || substring(error, 1, 30) AS line FROM collections FINAL ORDER BY collection_id DESC LIMIT 1`,
		"success suspiciously short: 2 rows, le")
	if summary := o.mustLook("a"); summary.Warning == "" { // 3 July: less than what was last found enough
		t.Error("a list that stays short is no longer suspicious the next day")
	}
	if summary := o.mustLook("a", "b", "e"); summary.Warning != "" || summary.Withdrawn != 2 { // 4 July: three of five
		t.Errorf("a list of more than half: %+v", summary)
	}
	o.expect("what is gone is withdrawn", withdrawals, "a a up", "b b up", "c c 2026-07-04", "d d 2026-07-04", "e e up")
	if summary := o.mustLook("a", "b", "c", "e"); summary.Changed != 1 { // 5 July
		t.Errorf("a record returns: %+v", summary)
	}
	o.expect("what returns is up again", withdrawals, "a a up", "b b up", "c c up", "d d 2026-07-04", "e e up")
	for range 8 {
		o.mustLook("b")
	}
	o.expect("a week later the list is what it has come to", withdrawals, "a a 2026-07-13", "b b up", "c c 2026-07-13", "d d 2026-07-04", "e e 2026-07-13")
}

func TestPartialFailureKeepsWhatWasRead(t *testing.T) {
	o := newObserver(t)
	o.site.complete = true
	o.mustLook("a", "b", "c")
	o.site.problem = errors.New("page 2: no answer")
	summary, err := o.look("d")
	if !errors.Is(err, o.site.problem) || summary.New != 1 || summary.Withdrawn != 0 || summary.Warning != "" {
		t.Errorf("error %v, summary %+v", err, summary)
	}
	o.expect("nothing is withdrawn", withdrawals, "a a up", "b b up", "c c up", "d d up")
	o.expect("the collection failed", `SELECT outcome || ': ' || error AS line FROM collections FINAL ORDER BY collection_id DESC LIMIT 1`, "failed: page 2: no answer")
}
