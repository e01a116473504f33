package ledger

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yangguang/collector/record"
	"yangguang/collector/table"
)

// link gives a row the address that its link cell shows or leads to, else the one that its title leads to. What is no address of the web
// is remarked upon and left out.
func link(fields *record.Fields, row table.Row, remark func(what, nearest string)) {
	shown, behind := strings.TrimSpace(fields.URL), row.LinkAt(record.ColumnURL)
	title := row.LinkAt(record.ColumnTitle)
	if shown == "" && behind == "" && title == "" {
		return
	}
	if address, ok := webAddress(shown); ok {
		if other, ok := webAddress(behind); ok && !sameAddress(address, other) {
			remark(fmt.Sprintf("url: the cell shows %q and leads to another address; what it shows is taken", shown), other)
		}
		fields.URL = address
		return
	}
	fields.URL = ""
	for _, candidate := range []string{behind, title} {
		if address, ok := webAddress(candidate); ok {
			fields.URL = address
			return
		}
	}
	switch {
	case shown != "" && !record.IsNone(shown):
		nearest := ""
		if address, ok := webAddress("http://" + shown); ok && strings.Contains(shown, ".") {
			nearest = address
		}
		remark(fmt.Sprintf("url: %q is no address of the web (http:// or https://) and is left out", shown), nearest)
	case behind != "":
		remark(fmt.Sprintf("url: the cell leads to %q, which is no address of the web", behind), "")
	}
}

// webAddress reads an http or https address, also one that was typed with full-width characters.
func webAddress(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) < len("http://a") {
		return "", false
	}
	for _, form := range []string{text, norm.NFKC.String(text)} {
		address, err := url.Parse(form)
		if err == nil && (address.Scheme == "http" || address.Scheme == "https") && address.Host != "" && !strings.ContainsAny(form, " \t\r\n") {
			return form, true
		}
	}
	return "", false
}

// sameAddress takes addresses for the same that differ in what a browser adds.
func sameAddress(a, b string) bool {
	unescaped := func(text string) string {
		if plain, err := url.PathUnescape(text); err == nil {
			text = plain
		}
		return strings.ToLower(strings.TrimSuffix(text, "/"))
	}
	return unescaped(a) == unescaped(b)
}

// content are the columns of which a filled-in row has at least one.
var content = []int{
	record.ColumnTitle, record.ColumnEventID, record.ColumnOccurredOn, record.ColumnProposedOn, record.ColumnReviewedOn, record.ColumnApprovedOn,
	record.ColumnPublishedOn, record.ColumnUploadedOn, record.ColumnWithdrawnOn, record.ColumnURL,
}

// isPrefilled recognises a row of a form that nobody has filled in yet: it says nothing of a disclosure, and names none.
func isPrefilled(row table.Row) bool {
	if row.Problem != "" {
		return false
	}
	written := func(column int) bool {
		text := strings.TrimSpace(row.At(column))
		return text != "" && !record.IsNone(text) // unused rows are struck out with / or —
	}
	if slices.ContainsFunc(content, written) {
		return false
	}
	return !written(record.ColumnRecordID) || !written(record.ColumnUnit) || !written(record.ColumnItem)
}
