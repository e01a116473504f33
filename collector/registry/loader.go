package registry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
)

// loader gathers the registry and everything wrong with it.
type loader struct {
	ctx      context.Context //nolint:containedctx // lives for one call of Load
	zone     *time.Location
	registry model.Registry
	problems Problems
	remarks  []collector.Remark
	fault    error // not the user's mistake: the reading was cancelled or the disk failed

	units map[string]row // by unit_id
	items map[string]row // by item_id
	rows  struct{ units, items []row }
}

// read reads one file and calls each for its rows. A missing path is an error for mandatory files only.
func (l *loader) read(path, kind string, mandatory bool, columns []table.Column, each func(row)) {
	if path == "" {
		if mandatory {
			l.problems = append(l.problems, Problem{File: kind, Want: "is required: name the file under registry." + kind})
		}
		return
	}
	if l.fault != nil {
		return
	}
	rows := 0
	header := table.Header{Columns: withKinds(columns), Noted: func(note table.Note) { l.note(path, note) }}
	err := table.ReadFile(l.ctx, path, header, func(cells table.Row) error {
		rows++
		r := row{loader: l, file: path, cells: cells}
		if cells.Problem != "" {
			r.problem("", "", cells.Problem)
			return nil
		}
		each(r)
		return nil
	})
	var mistake *table.Error
	switch {
	case err == nil && rows == 0 && mandatory:
		l.problems = append(l.problems, Problem{File: path, Want: "has a header and no row below it; a registry without " + kind + " is not put in force"})
	case err == nil:
	case errors.As(err, &mistake):
		for _, mistake := range table.Errors(err) {
			l.problems = append(l.problems, Problem{File: path, Sheet: mistake.Sheet, Line: mistake.Line, Want: mistake.Text})
		}
	case errors.Is(err, fs.ErrNotExist):
		l.problems = append(l.problems, Problem{File: path, Want: "the file does not exist"})
	case errors.Is(err, fs.ErrPermission):
		l.problems = append(l.problems, Problem{File: path, Want: "the file may not be read: permission denied"})
	default:
		l.fault = err
	}
}

// note keeps what a file has that is not read. A sheet that is missed may have units or items: that is a mistake of the registry.
func (l *loader) note(path string, note table.Note) {
	if note.Kind == table.Unread && note.Column == "" {
		want := note.What
		if note.Nearest != "" {
			want += "; nearest: " + note.Nearest
		}
		l.problems = append(l.problems, Problem{File: path, Sheet: note.Sheet, Line: note.Line, Want: want + "; correct the header, or hide or delete the sheet"})
		return
	}
	l.remarks = append(l.remarks, collector.RemarkOf(path, note))
}

// withKinds says which columns have ids and which have dates, as their keys do.
func withKinds(columns []table.Column) []table.Column {
	for i, column := range columns {
		columns[i].ID = strings.HasSuffix(column.Key, "_id")
		columns[i].Date = slices.ContainsFunc([]string{"_on", "_from", "_to", "_since", "_by"}, func(end string) bool { return strings.HasSuffix(column.Key, end) }) ||
			column.Key == "date" || column.Key == "from" || column.Key == "to"
	}
	return columns
}

// row is one row of a file, with readers that note what is wrong.
type row struct {
	loader *loader
	file   string
	cells  table.Row
}

func (r row) problem(field, value, want string) {
	r.loader.problems = append(r.loader.problems, Problem{File: r.file, Sheet: r.cells.Sheet, Line: r.cells.Line, Field: field, Value: value, Want: want})
}

// text is a cell, trimmed.
func (r row) text(field string) string {
	return strings.TrimSpace(r.cells.Get(field))
}

// required is a cell that must not be empty.
func (r row) required(field string) string {
	text := r.text(field)
	if text == "" {
		r.problem(field, "", "is required")
	}
	return text
}

// id is a required identifier, folded by NFKC so that full-width digits do not make another unit.
func (r row) id(field string) string {
	return record.FoldItem(r.required(field))
}

// list is a cell with values separated by | or ; (also full-width ones).
func (r row) list(field string) []string { return r.split(field, "|｜;；\n") }

// names is a cell with names of one unit, between which people also write commas; no unit's name has one.
func (r row) names(field string) []string { return r.split(field, "|｜;；、，,\n") }

// items is a cell with names of one item. An item's name may have commas, so that they do not separate; that is remarked upon.
func (r row) items(field string) []string {
	names := r.list(field)
	for _, name := range names {
		if strings.ContainsAny(name, "、，,/") {
			r.loader.remarks = append(r.loader.remarks, collector.Remark{
				Place: r.file + ":" + r.cells.Place(), What: fmt.Sprintf("%s: %q is taken for one name", field, name), Nearest: "write | between several", Kind: collector.Ignored, Count: 1,
			})
		}
	}
	return names
}

func (r row) split(field, separators string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(r.text(field), func(c rune) bool { return strings.ContainsRune(separators, c) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// code is a required code, or otherwise when the cell is empty and otherwise is not.
func (r row) code(field, otherwise string, codes record.Codes) string {
	text := r.text(field)
	if text == "" && otherwise != "" {
		return otherwise
	}
	if text = r.required(field); text == "" {
		return ""
	}
	return r.codeOf(field, text, codes)
}

// codeOf reads one code.
func (r row) codeOf(field, text string, codes record.Codes) string {
	code, ok := codes.Read(text)
	if !ok {
		r.problem(field, text, codes.Unknown(text))
	}
	return code
}

// codes is a list of codes without repetition.
func (r row) codes(field string, known record.Codes) []string {
	var codes []string
	seen := map[string]bool{}
	for _, text := range r.split(field, "|｜;；、，,/／\n") {
		if code := r.codeOf(field, text, known); code != "" && !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}

// date is a civil day, zero for an empty cell.
func (r row) date(field string) time.Time {
	text := r.text(field)
	if text == "" {
		return time.Time{}
	}
	day, err := record.ParseDate(text, r.loader.zone)
	if err != nil {
		r.problem(field, text, err.Error())
	}
	return day
}

// lastDate is the last day of a span. A year beyond those the program knows, as other programs write it for "open"
// (9999-12-31), is open here too.
func (r row) lastDate(field string) time.Time {
	text := record.FoldItem(r.text(field))
	if len(text) > 4 {
		if year, err := strconv.Atoi(text[:4]); err == nil && year > record.LastYear {
			return time.Time{}
		}
	}
	return r.date(field)
}

func (r row) requiredDate(field string) time.Time {
	if r.required(field) == "" {
		return time.Time{}
	}
	return r.date(field)
}

// span reads the first and the last day of a span and checks their order.
func (r row) span(from, to string) (first, last time.Time) {
	first, last = r.date(from), r.lastDate(to)
	r.notBefore(to, last, from, first)
	return first, last
}

// notBefore checks that a day, if there is one, does not lie before another.
func (r row) notBefore(field string, day time.Time, than string, limit time.Time) {
	if !day.IsZero() && day.Before(limit) {
		r.problem(field, r.text(field), fmt.Sprintf("is before %s, %s", than, limit.Format(time.DateOnly)))
	}
}

// number is a whole number of at most most, zero for an empty cell.
func (r row) number(field string, most uint64) uint64 {
	text := r.text(field)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(plainNumber(record.FoldItem(text)), 10, 64)
	if nature := r.cells.Nature(field); err != nil || n > most || nature == table.Percent || nature == table.Date || nature == table.Month {
		r.problem(field, text, fmt.Sprintf("is not a whole number from 0 to %d", most))
		return 0
	}
	return n
}

// grouped is a number with separators of thousands.
var grouped = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+$`)

// plainNumber is a number without separators of thousands and without 人 or 名 behind it.
func plainNumber(text string) string {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "人"), "名"))
	if grouped.MatchString(text) {
		return strings.ReplaceAll(text, ",", "")
	}
	return text
}

// hundredths is a required score from 0 to 100 with up to two decimals.
func (r row) hundredths(field string) uint16 {
	text := r.required(field)
	if text == "" {
		return 0
	}
	plain, percent := strings.CutSuffix(record.FoldItem(text), "%")
	if !percent {
		plain = strings.TrimSuffix(plain, "分")
	}
	plain = strings.TrimSpace(plain)
	score, ok := new(big.Rat).SetString(plain)
	if ok && r.cells.Nature(field) == table.Percent {
		score.Mul(score, big.NewRat(100, 1))
	}
	if ok {
		score.Mul(score, big.NewRat(100, 1))
	}
	if !ok || strings.ContainsAny(plain, "eExX_/") || !score.IsInt() || score.Sign() < 0 || score.Cmp(big.NewRat(10000, 1)) > 0 {
		r.problem(field, text, "is not a score from 0 to 100 with at most two decimals")
		return 0
	}
	return uint16(score.Num().Uint64())
}

// yes reads 1, true, yes, 是 and their opposites; an empty cell is no.
func (r row) yes(field string) bool {
	text := strings.ToLower(record.FoldItem(r.text(field)))
	switch text {
	case "1", "true", "yes", "是":
		return true
	case "", "0", "false", "no", "否":
		return false
	}
	r.problem(field, r.text(field), "is neither yes nor no; write 1, true, yes or 是, and 0, false, no, 否 or nothing")
	return false
}

// unit is the id of a unit that must exist; any: '*' is allowed as well.
func (r row) unit(field string, any bool) string {
	id := r.id(field)
	if _, ok := r.loader.units[id]; !ok && id != "" && !(any && id == "*") {
		r.problem(field, id, "is not a unit_id of the units file"+orStar(any))
	}
	return id
}

// item is the id of an item that must exist when it is given; any: '*' is allowed as well.
func (r row) item(field string, any bool) string {
	id := record.FoldItem(r.text(field))
	if _, ok := r.loader.items[id]; !ok && id != "" && !(any && id == "*") {
		r.problem(field, id, "is not an item_id of the catalogue"+orStar(any))
	}
	return id
}

func orStar(any bool) string {
	if any {
		return ", nor * (every one)"
	}
	return ""
}
