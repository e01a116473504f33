package collector_test

import (
	"errors"
	"strings"
	"testing"

	"yangguang/collector"
	"yangguang/queries/model"
)

const withdrawals = `SELECT concatWithSeparator(' ', record_id, title, ifNull(toString(withdrawn_on), 'up')) AS line FROM (
	SELECT * FROM record_versions ORDER BY record_id, version DESC LIMIT 1 BY record_id) ORDER BY record_id`

// mustSuspect is look for collections that are no looks.
func (o *observer) mustSuspect(ids ...string) collector.Summary {
	o.t.Helper()
	summary, err := o.look(ids...)
	if !errors.Is(err, collector.ErrSuspicious) || summary.Outcome != model.Suspicious {
		o.t.Fatalf("%v: %v, %+v; want it to be suspicious", ids, err, summary)
	}
	return summary
}

func TestSuspiciouslyShortListWithdrawsNothing(t *testing.T) {
	o := newObserver(t)
	o.site.complete = true
	o.mustLook("a", "b", "c", "d", "x") // 1 July
	short := o.mustSuspect("a", "e")    // 2 July: one of five
	if short.New != 1 || short.Withdrawn != 0 || short.Rejected != 0 {
		t.Errorf("short list: %+v", short)
	}
	o.expect("all stay, and what was read is stored", withdrawals, "a a up", "b b up", "c c up", "d d up", "e e up")
	o.expect("the reject stays", `SELECT DISTINCT place AS line FROM rejected_rows WHERE collection_id = (SELECT max(collection_id) FROM collections)`, "page")
	if want := "1 of 5 rows of the last look (2026-07-01) are there again"; !strings.Contains(short.Error, want) {
		t.Errorf("error %q does not say %q", short.Error, want)
	}
	o.mustSuspect("a")             // 3 July: what is held against it is the last look
	o.mustLook("a", "b", "c", "e") // 4 July: three of five
	o.expect("one look without it withdraws nothing", withdrawals, "a a up", "b b up", "c c up", "d d up", "e e up")
	if summary := o.mustLook("a", "b", "c", "e"); summary.Withdrawn != 1 { // 5 July
		t.Errorf("the second look without it: %+v", summary)
	}
	o.expect("two do, on the day of the first", withdrawals, "a a up", "b b up", "c c up", "d d 2026-07-04", "e e up")
	if summary := o.mustLook("a", "b", "c", "d", "e"); summary.Changed != 1 { // 6 July
		t.Errorf("a record returns: %+v", summary)
	}
	o.expect("what returns is up again", withdrawals, "a a up", "b b up", "c c up", "d d up", "e e up")
	for range 6 {
		o.mustSuspect("b")
	}
	agreed := o.mustLook("b") // 13 July: the seventh day
	if !strings.Contains(agreed.Accepted, "1 of 5 rows") || agreed.Withdrawn != 0 {
		t.Errorf("collections of seven days agree: %+v", agreed)
	}
	o.mustLook("b")
	o.expect("then the list is what it has come to", withdrawals, "a a 2026-07-13", "b b up", "c c 2026-07-13", "d d 2026-07-13", "e e 2026-07-13")
	o.expect("who accepted it is stored", `SELECT accepted_by AS line FROM collections FINAL WHERE accepted != ''`, "agreement")
}

func TestPartialFailureKeepsWhatWasRead(t *testing.T) {
	o := newObserver(t)
	o.site.complete = true
	o.mustLook("a", "b", "c")
	o.site.problem = errors.New("page 2: no answer")
	summary, err := o.look("d")
	if !errors.Is(err, o.site.problem) || summary.New != 1 || summary.Withdrawn != 0 || summary.Outcome != model.Failed {
		t.Errorf("error %v, summary %+v", err, summary)
	}
	o.expect("nothing is withdrawn", withdrawals, "a a up", "b b up", "c c up", "d d up")
	o.expect("the collection failed", `SELECT outcome || ': ' || error AS line FROM collections FINAL ORDER BY collection_id DESC LIMIT 1`, "failed: page 2: no answer")
}
