package dashboard

import (
	"regexp"
	"strconv"
	"strings"
)

// wantedText is a sentence's end by which records are rejected, as package record writes it, and the message that says the same. What its
// groups hold are the message's values One, Two and Three.
type wantedText struct {
	pattern *regexp.Regexp
	message string
}

func wantedTexts() []wantedText {
	texts := []wantedText{}
	for _, one := range [][2]string{
		{`a unit is required: its id, name or alias`, "unit_required"},
		{`is (.+), outside (.+), to which the source is restricted`, "unit_outside"},
		{`is not a unit of the registry; write its id, name or alias(?:; the nearest names are (.+))?`, "unit_unknown"},
		{`is the name of (\d+) units: (.+); write the unit's id or name its parent`, "unit_ambiguous"},
		{`is the name of (\d+) units under "(.+)": (.+); write the unit's id`, "unit_ambiguous_under"},
		{`is not above any unit named "(.+)", which is (.+); correct the unit or its parent`, "parent_wrong"},
		{`is not a unit of the registry, and "(.+)" is the name of (\d+) units: (.+)`, "parent_unknown"},
		{`an item is required: its id, name or alias`, "item_required"},
		{`is not an item of the catalogue; write its id, name or alias(?:; the nearest are (.+))?`, "item_unknown"},
		{`is not a date; write it like (.+) or (.+)`, "date_unreadable"},
		{`is a day that does not exist`, "day_missing"},
		{`has no year; write it like (.+) or (.+)`, "date_yearless"},
		{`is outside the years (\d+) to (\d+)`, "year_outside"},
		{`has a time of day that cannot be read; write it like (.+) or (.+)`, "time_unreadable"},
		{`published_on or occurred_on is required`, "day_required"},
		{`is before published_on, (.+)`, "withdrawn_early"},
		{`is not a period; write it like (.+) or (.+)`, "period_unreadable"},
		{`is a period without a year, and there is no published_on to take the year from; write the year`, "period_yearless"},
		{`is a reversed period: it ends before it begins`, "period_reversed"},
		{`period or occurred_on is required, because the item (.+) is due for each period \(the source does not say infer_period: true\)`, "period_required"},
		{`is unknown; one of (.+?)(?:; the nearest is (.+))?`, "code_unknown"},
		{`cell (\S+) has the error value (\S+); correct its formula or write the value`, "error_value"},
		{`the result of the formula in cell (\S+) is not stored; open the workbook in Excel or WPS and save it`, "formula_unstored"},
		{`in cell (\S+) is a number that a spreadsheet has shortened; format the column as text and write it again in full`, "id_shortened"},
		{`in cell (\S+) is a number of more than 15 digits, of which the spreadsheet has lost the last ones; format the column as text and write it again in full`, "id_long"},
		{`the row has (\d+) cells, the header (\d+): (\d+) cells? too many; .+`, "cells_empty"},
		{`the row has (\d+) cells, the header only (\d+): cell (\S+) has .+; quote cells that contain the separator`, "cells_many"},
	} {
		texts = append(texts, wantedText{regexp.MustCompile(`^` + one[0] + `$`), "reject." + one[1]})
	}
	return texts
}

var furtherUnits = regexp.MustCompile(`, and (\d+) more$`)

// rejectReason says in the page's language why a row was rejected. A reason that a source's own reading gives stays as it is, like what is said in English.
func (a *ask) rejectReason(reason string, texts []wantedText) string {
	if a.Language() == "en" {
		return reason
	}
	field, value, want := partsOf(reason)
	for _, text := range texts {
		groups := text.pattern.FindStringSubmatch(want)
		if groups == nil {
			continue
		}
		said := map[string]any{}
		for i, name := range []string{"One", "Two", "Three"} {
			said[name] = ""
			if i+1 < len(groups) {
				said[name] = strings.ReplaceAll(furtherUnits.ReplaceAllString(groups[i+1], a.T("reject.further", "N", "$1")), ", ", a.T("list.comma"))
			}
		}
		sentence := a.T(text.message, said)
		switch {
		case field == "":
			return sentence
		case value == "":
			return a.T("reject.field", "Field", a.Label(field), "Sentence", sentence)
		}
		return a.T("reject.value", "Field", a.Label(field), "Value", value, "Sentence", sentence)
	}
	return reason
}

// reasonsThatSay is a regular expression of the reasons in whose words on this page a word is; "" of none. The words of fields, which stand before, are
// not sought.
func (a *ask) reasonsThatSay(word string) string {
	if a.Language() == "en" {
		return ""
	}
	var patterns []string
	for _, text := range wantedTexts() {
		if strings.Contains(a.T(text.message, map[string]any{"One": "", "Two": "", "Three": ""}), word) {
			patterns = append(patterns, strings.TrimPrefix(text.pattern.String(), "^"))
		}
	}
	return strings.Join(patterns, "|")
}

// partsOf takes apart what record.Problem joins: field, value as quoted, and what is wanted.
func partsOf(reason string) (field, value, want string) {
	field, rest, found := strings.Cut(reason, ": ")
	if !found || strings.ContainsFunc(field, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return "", "", reason
	}
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return field, "", rest
	}
	value, err = strconv.Unquote(quoted)
	if err != nil {
		return field, "", rest
	}
	return field, value, strings.TrimPrefix(rest[len(quoted):], " ")
}
