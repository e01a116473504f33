package patrol

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
)

// proof is what shows a finding, as patrol wrote it; what is not there it did not need.
type proof struct {
	Excerpt    string   `json:"excerpt"`
	Ours       string   `json:"ours"`
	Theirs     string   `json:"theirs"`
	Ratio      *float64 `json:"ratio"` // from 0 to 1: how much of one is in the other
	Numbers    []string `json:"numbers"`
	Length     *int64   `json:"length"`
	Threshold  *int64   `json:"threshold"`
	Found      string   `json:"found"`
	Expected   string   `json:"expected"`
	Outcome    string   `json:"outcome"`
	Status     int64    `json:"status"`
	FinalURL   string   `json:"final_url"`
	LastOpenOn string   `json:"last_open_on"`
	Detail     string   `json:"detail"`
	Fault      string   `json:"fault"`
	Masked     []string `json:"masked"` // private data, so that nobody can read them
	Count      int64    `json:"count"`
	Records    int64    `json:"records"`
	InWeek     int64    `json:"in_week"`
	Usual      string   `json:"usual"`
	Assessed   []string `json:"assessed"` // days

	PublishedOn string `json:"published_on"` // as the record says
	EvidencedOn string `json:"evidenced_on"` // as it proves
}

// piece is a part of a text that stands in another as well, or does not.
type piece struct {
	Text string
	Same bool
}

// facts are what a proof says in short, a line each.
func (a *request) facts(p proof) (facts []page.Fact) {
	named := func(label, text string) {
		if text != "" {
			facts = append(facts, page.Fact{Label: label, Value: a.Words(text)})
		}
	}
	add := func(name, text string) { named(a.T("patrol.proof."+name), text) }
	named(a.Label("published_on"), p.PublishedOn)
	named(a.Label("evidenced_on"), p.EvidencedOn)
	add("found", p.Found)
	add("expected", p.Expected)
	if p.Outcome != "" {
		add("outcome", a.CodeLabel("link_outcome", p.Outcome))
	}
	if p.Status > 0 {
		add("status", fmt.Sprint(p.Status))
	}
	add("last_open_on", p.LastOpenOn)
	add("final_url", p.FinalURL)
	if p.Length != nil {
		add("length", fmt.Sprint(*p.Length))
	}
	if p.Threshold != nil {
		add("threshold", fmt.Sprint(*p.Threshold))
	}
	if p.Ratio != nil {
		add("ratio", page.Percent(decimal.NewFromFloat(*p.Ratio)))
	}
	add("numbers", strings.Join(p.Numbers, a.T("list.comma")))
	add("masked", strings.Join(p.Masked, a.T("list.comma")))
	if p.Count > int64(len(p.Masked)) {
		add("count", fmt.Sprint(p.Count))
	}
	if p.Records > 0 {
		add("records", fmt.Sprint(p.Records))
		add("in_week", fmt.Sprint(p.InWeek))
	}
	add("usual", p.Usual)
	add("assessed", strings.Join(p.Assessed, a.T("list.comma")))
	add("fault", a.Said(p.Fault))
	add("detail", a.Said(p.Detail))
	return facts
}

func readProof(text string) (p proof) {
	if json.Unmarshal([]byte(text), &p) != nil { // written by another version: shown as it is
		return proof{Excerpt: text}
	}
	return p
}

// sameLength is how many characters in a row must be the same to be marked: shorter ones stand in any two texts.
const sameLength = 6

// longestShown is how many characters of a text stand on the page.
const longestShown = 2000

// marked divides a text into what stands in another as well, in runs of some characters, and what does not; white space does not count.
func marked(text, other string) (pieces []piece) {
	ours, theirs := cut(text), cut(other)
	known := map[string]bool{}
	for i := 0; i+sameLength <= len(theirs); i++ {
		known[string(theirs[i:i+sameLength])] = true
	}
	same := make([]bool, len(ours))
	for i := 0; i+sameLength <= len(ours); i++ {
		if known[string(ours[i:i+sameLength])] {
			for j := range sameLength {
				same[i+j] = true
			}
		}
	}
	for from := 0; from < len(ours); {
		to := from + 1
		for to < len(ours) && same[to] == same[from] {
			to++
		}
		pieces = append(pieces, piece{string(ours[from:to]), same[from]})
		from = to
	}
	return pieces
}

// cut is the beginning of a text with its white space made single spaces.
func cut(text string) []rune {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > longestShown {
		runes = append(slices.Clone(runes[:longestShown]), '…')
	}
	return runes
}
