package collector_test

import (
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// contentOf is the raw content kept of a record.
func (o *observer) contentOf(id string) string {
	o.t.Helper()
	contents, err := ask.Run(o.t.Context(), o.store, ask.Content("page", id, 0), model.Question{})
	if err != nil {
		o.t.Fatal(err)
	}
	if len(contents) == 0 {
		return ""
	}
	if contents[0].Text == "" {
		o.t.Errorf("an empty content of %s is stored: %+v", id, contents)
	}
	return contents[0].Text
}

func TestRawContentIsKeptOnceForEachVersion(t *testing.T) {
	o := newObserver(t)
	o.site.complete, o.site.contents = true, map[string]string{"a": "<li>a</li>", "b": "<li>b</li>"}
	o.mustLook("a", "b", "d")
	o.mustLook("a", "b", "d")
	const kept = `SELECT concatWithSeparator(' ', record_id, content, toString(toDate(seen))) AS line FROM contents ORDER BY record_id, version`
	o.expect("once", kept, "a <li>a</li> 2026-07-01", "b <li>b</li> 2026-07-01")
	o.mustLook("a", "d")
	o.mustLook("a", "d") // b is withdrawn
	o.expect("a withdrawal has none", kept, "a <li>a</li> 2026-07-01", "b <li>b</li> 2026-07-01")
	if got := o.contentOf("b"); got != "<li>b</li>" {
		t.Errorf("content of a withdrawn record: %q", got)
	}
	o.site.contents["b"] = "<li class=new>b</li>"
	if summary := o.mustLook("a", "b", "d"); summary.Changed != 1 {
		t.Errorf("b returns: %+v", summary)
	}
	o.expect("what returns gets its content again", kept, "a <li>a</li> 2026-07-01", "b <li>b</li> 2026-07-01", "b <li class=new>b</li> 2026-07-05")
	if got := o.contentOf("b"); got != "<li class=new>b</li>" {
		t.Errorf("content of the latest version: %q", got)
	}
	if got := o.contentOf("d"); got != "" {
		t.Errorf("content of a record without: %q", got)
	}
	o.expect("no staging is left", `SELECT name AS line FROM system.tables WHERE database = currentDatabase() AND name LIKE 'keeping%'`)
}

func TestContentMissingAfterInterruptionIsCompleted(t *testing.T) {
	o := newObserver(t)
	o.mustLook("a")
	o.site.contents = map[string]string{"a": "<li>a</li>"}
	if summary := o.mustLook("a"); summary.Unchanged != 1 {
		t.Errorf("nothing changed: %+v", summary)
	}
	if got := o.contentOf("a"); got != "<li>a</li>" {
		t.Errorf("content: %q", got)
	}
}

func TestRowRejectedBeforeIsNotTakenForUnseen(t *testing.T) {
	o := newObserver(t)
	o.site.contents = map[string]string{"a": "<li>a</li>", "x": "<li>x</li>", "b": "<li>b</li>"}
	o.mustLook("a", "x")
	o.units = []model.Unit{{ID: "N", Name: "nobody", Tier: "town"}}
	o.mustLook("b", "a", "x")
	o.expectUnseen("x", "-")
	o.expectUnseen("b", "2026-07-01")
}
