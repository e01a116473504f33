package page

import (
	"strings"
	"testing"

	"yangguang/queries/model"
)

func TestWhatACellSortsBy(t *testing.T) {
	for name, test := range map[string]struct {
		kind string
		cell Cell
		want string // the attribute; empty: what it shows says it
	}{
		"a number":             {"number", Cell{Text: "1,234", Sort: "1234"}, ""},
		"days":                 {"number", Cell{Text: "139 天", Sort: "139"}, ""},
		"a round ratio":        {"number", Cell{Text: "100.0 %", Sort: "1", Kind: model.Ratio}, ""},
		"a rounded ratio":      {"number", Cell{Text: "98.1 %", Sort: "0.9808", Kind: model.Ratio}, "98.08"},
		"a rounded score":      {"number", Cell{Text: "88.63", Sort: "88.6251"}, "88.6251"},
		"up":                   {"number", Cell{Change: "↑163", Sort: "163"}, ""},
		"down":                 {"number", Cell{Change: "↓1,167", Sort: "-1167"}, ""},
		"fewer":                {"number", Cell{Change: "−0.50", Sort: "-0.5"}, ""},
		"as before":            {"number", Cell{Change: "=", Sort: "0"}, ""},
		"no value":             {"number", Cell{None: true, Title: "why"}, ""},
		"last without a value": {"number", Cell{None: true, Sort: "-1"}, "-1"},
		"a state and its days": {"number", Cell{Text: "12 days", State: "lapsed", Mark: "L", Sort: "12"}, ""},
		"another number":       {"number", Cell{Text: "3 / 4", Sort: "0.75"}, "0.75"},
		"a text and its note":  {"text", Cell{Text: "a", Note: "b"}, ""},
		"a text out of order":  {"text", Cell{Text: "third", Sort: "3"}, "3"},
		"a source's own words": {"text", Cell{Text: "a", Raw: "b"}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			m := &markup{}
			test.cell.td(m, Column{Sort: test.kind})
			_, after, said := strings.Cut(m.text.String(), `data-sort="`)
			got, _, _ := strings.Cut(after, `"`)
			if got != test.want || said != (test.want != "") {
				t.Errorf("got %s", m.text.String())
			}
		})
	}
}

func TestAddressInLetters(t *testing.T) {
	for address, want := range map[string]string{
		"/proof/%E5%8F%B0%E8%B4%A6/a%2Fb?q=%E5%8F%B0#x": "/proof/台账/a%2Fb?q=%E5%8F%B0#x",
		"/unit/V1": "/unit/V1", "/x/%E5%8F/%22%3C": "/x/%E5%8F/%22%3C", "/x/%E2%80%AE": "/x/%E2%80%AE", "/x/100%": "/x/100%",
	} {
		if got := inLetters(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestWhatRowsShareStandsAtTheTable(t *testing.T) {
	table := Table{Columns: []Column{{Class: "num fit"}, {Class: "title"}, {Class: "num minor"}, {Class: "fit on-screen"}}, Rows: []Row{{
		Tags: "lapsing good", Sought: "abc Long ng", Cells: []Cell{
			{Text: "1", Class: "num fit"}, {Text: "Longtown", ID: "a b", Href: "/unit/a%20b?from=x", Class: "title"}, {Text: "—", Class: "fit"}, {Tag: "rating-good", Text: "b\"", ID: "I", Class: "fit on-screen"},
		},
	}}}
	if got, want := string(table.Shared()), ` data-num="1 3" data-fit="1 4" data-minor="3" data-on-screen="4" data-after="2 4"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want := `<tr data-tags="lapsing" data-ids="I abc"><td>1<td class="title"><a href="/unit/a%20b?from=x">Longtown</a><td class="fit">—<td><span class="tag rating-good">b"</span></tr>` + "\n"
	if got := string(table.Body()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
