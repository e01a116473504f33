package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/acts"
	"yangguang/queries/model"
)

// shownLines is how many lines of one side of a change are read at a glance; of more, what they are of is counted.
const shownLines = 5

// settingsFile is what a registry says beside its files.
const settingsFile = "settings"

// stood is a row of a file that stood before a change or stands after it, or what an act was of, without a file: the fields in their order, as JSON.
type stood struct {
	file   string
	fields []field
	text   string // a line that is no row, as it is
}

type field struct{ name, value string }

// sides are the cells of what stood before a change and what stands after it: a few rows by what differs, many by how many there are of each file. All
// lines open below.
func sides(a *figures.Ask, c model.ChangeRow) (before, after page.Cell) {
	earlier, later := rows(c.Before), rows(c.After)
	return side(a, c.Act, c.Before, "audit.not_before", earlier, later), side(a, c.Act, c.After, "audit.not_after", later, earlier)
}

func side(a *figures.Ask, act, text, without string, own, other []stood) page.Cell {
	if len(own) == 0 {
		return a.None(without).Classed("wide full text lines")
	}
	var lines []string
	if len(own) > shownLines {
		lines = counts(a, own)
	} else {
		for _, row := range own {
			lines = append(lines, said(a, row, other))
		}
	}
	cell := a.Words(strings.Join(lines, "\n")).Classed("wide full text lines")
	if act == acts.Registry {
		cell.Raw = text
	}
	return cell
}

// rows reads the lines of one side.
func rows(text string) (all []stood) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		file, object, found := strings.Cut(line, " {")
		if strings.HasPrefix(line, "{") {
			file, object, found = "", line[1:], true
		}
		if !found || strings.Contains(file, " ") {
			all = append(all, stood{text: line})
			continue
		}
		fields, err := fieldsOf("{" + object)
		if err != nil { // a line of words that looks like a row
			all = append(all, stood{text: line})
			continue
		}
		if file == settingsFile {
			fields = settings(fields)
		}
		all = append(all, stood{file: file, fields: fields})
	}
	return all
}

// fieldsOf are the fields of a JSON object, in their order; texts without their quotes.
func fieldsOf(object string) (fields []field, err error) {
	decoder := json.NewDecoder(strings.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("read a changed row: %w", err)
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("read a changed row: %w", err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("read a changed row: %w", err)
		}
		fields = append(fields, field{fmt.Sprint(name), plain(value)})
	}
	return fields, nil
}

// plain is a JSON value as people write it: a text as it is, a list with | between, nothing for null.
func plain(value json.RawMessage) string {
	var text string
	var list []json.RawMessage
	switch {
	case bytes.Equal(value, []byte("null")):
		return ""
	case json.Unmarshal(value, &text) == nil:
		return text
	case json.Unmarshal(value, &list) == nil:
		var all []string
		for _, one := range list {
			all = append(all, plain(one))
		}
		return strings.Join(all, "|")
	}
	return string(value)
}

// said names a row, and where the other side has the same one, what differs from it.
func said(a *figures.Ask, row stood, other []stood) string {
	if row.file == "" {
		return row.text + act(a, row.fields)
	}
	same := slices.IndexFunc(other, func(one stood) bool {
		return one.file == row.file && len(one.fields) > 0 && len(row.fields) > 0 && (row.file == settingsFile || one.fields[0] == row.fields[0])
	})
	var shown []string
	if same < 0 {
		for _, f := range row.fields[:min(2, len(row.fields))] {
			shown = append(shown, f.value)
		}
		return a.T("audit.row", "File", a.T("audit.file."+row.file), "Row", strings.Join(shown, " "))
	}
	for _, f := range row.fields {
		if !slices.Contains(other[same].fields, f) {
			shown = append(shown, a.T("audit.field", "Field", label(a, f.name), "Value", value(a, f)))
		}
	}
	name := row.fields[0].value
	if row.file == settingsFile {
		name = ""
	}
	return a.T("audit.row", "File", a.T("audit.file."+row.file), "Row", strings.TrimSpace(name+" "+strings.Join(shown, a.T("audit.comma"))))
}

// act says what an act was of; what was done stands beside it.
func act(a *figures.Ask, fields []field) string {
	var shown []string
	for _, f := range fields {
		if f.value == "" || f.name == "what" {
			continue
		}
		name := label(a, f.name)
		if id := "audit.of." + f.name; a.Has(id) {
			name = a.T(id)
		}
		shown = append(shown, a.T("audit.field", "Field", name, "Value", value(a, f)))
	}
	return strings.Join(shown, a.T("audit.comma"))
}

// value is what a field says, in words where it is a code.
func value(a *figures.Ask, f field) string {
	switch {
	case f.value == "":
		return ""
	case strings.HasSuffix(f.name, "_best"):
		return a.CodeLabel("rating", f.value)
	case f.name == "group", f.name == "group_name":
		return a.CodeLabel("group", f.value)
	case f.name == "scope" && a.Has("filter.scope."+f.value):
		return a.T("filter.scope." + f.value)
	case f.value == "true":
		return a.T("flag.yes")
	case f.value == "false":
		return a.T("flag.no")
	}
	return f.value
}

// counts says how many rows of each file there are; lines of words are counted as such.
func counts(a *figures.Ask, own []stood) (lines []string) {
	type counted struct {
		file string
		rows int
	}
	var all []counted
	for _, row := range own {
		file, n := row.file, 1
		if row.file == "" {
			if _, err := fmt.Sscanf(row.text, "%s … +%d", &file, &n); err != nil {
				file, n = "lines", 1
			}
		}
		at := slices.IndexFunc(all, func(c counted) bool { return c.file == file })
		if at < 0 {
			all = append(all, counted{file, n})
			continue
		}
		all[at].rows += n
	}
	for _, c := range all {
		lines = append(lines, a.T("audit.count", "File", a.T("audit.file."+c.file), "Count", c.rows))
	}
	return lines
}

// label is what a field is called here, else in reports, else in the file.
func label(a *figures.Ask, name string) string {
	if id := "audit.field." + name; a.Has(id) {
		return a.T(id)
	}
	return a.Field(name)
}
