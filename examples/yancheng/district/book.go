package district

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"
)

// book is one ledger file: a CSV has one sheet.
type book struct {
	path    string // below the ledgers directory, with slashes
	sheets  []sheet
	encoder func(io.Writer, []sheet) error
}

type sheet struct {
	name, title string
	header      []string
	rows        [][]cell
}

// cell is text, or a real date cell when day is set.
type cell struct {
	text string
	day  time.Time
}

func (b book) encode(w io.Writer) error { return b.encoder(w, b.sheets) }

func (b book) rowCount() int {
	count := 0
	for _, s := range b.sheets {
		count += len(s.rows)
	}
	return count
}

// books is every ledger of the district as it stands at the end of the day through.
func (d *registered) books(through time.Time) []book {
	entered := map[string][]record{} // ledger name → rows
	for _, r := range slices.Concat(d.records(through), d.homonyms(), d.rejects()) {
		if known, in := r.knownThrough(through); in {
			ledger := ledgerOf(known)
			entered[ledger] = append(entered[ledger], known)
		}
	}
	organs, corrections := d.corrected(entered["organs"], through)
	all := []book{
		{"committee.csv", []sheet{d.sheet("", chineseForm(), byDay(entered["committee"]))}, encodeBOM},
		{"discipline.csv", []sheet{d.sheet("", englishForm(), byDay(entered["discipline"]))}, encodePlain},
	}
	for _, year := range yearsOf(organs) {
		rows := d.sheet("", chineseForm(), byDay(ofYear(organs, year)))
		all = append(all, book{fmt.Sprintf("organs/%d.csv", year), []sheet{rows}, encodeBOM})
	}
	if len(corrections) > 0 { // read after the years: files are read in name order
		all = append(all, book{"organs/corrections.csv", []sheet{d.sheet("", chineseForm(), corrections)}, encodeBOM})
	}
	for _, year := range yearsOf(entered["towns"]) {
		rows := d.sheet("", townForm(), byDay(ofYear(entered["towns"], year)))
		all = append(all, book{fmt.Sprintf("towns/%d.csv", year), []sheet{rows}, encodeGB18030})
	}
	return append(all, d.villageBooks(entered)...)
}

// villageBooks are the workbooks that each town fills for its villages, one sheet a year.
func (d *registered) villageBooks(entered map[string][]record) []book {
	var all []book
	for _, town := range d.units {
		rows := entered[town.id]
		if len(rows) == 0 {
			continue
		}
		var sheets []sheet
		for _, year := range yearsOf(rows) {
			s := d.sheet(fmt.Sprintf("%d年", year), villageForm(town), byUnit(ofYear(rows, year)))
			s.title = fmt.Sprintf("%s村（社区）“阳光党务”公开台账（%d年，示例数据）", town.name, year)
			sheets = append(sheets, s)
		}
		all = append(all, book{"villages/" + town.id + ".xlsx", sheets, encodeWorkbook})
	}
	return all
}

func ledgerOf(r record) string {
	switch r.unit.tier {
	case "committee":
		return "committee"
	case "discipline":
		return "discipline"
	case "organ":
		return "organs"
	case "town", "subdistrict":
		return "towns"
	default:
		return r.unit.parent
	}
}

func byDay(rows []record) []record {
	return slices.SortedFunc(slices.Values(rows), func(a, b record) int {
		return cmp.Or(a.entered().Compare(b.entered()), cmp.Compare(a.id, b.id))
	})
}

func byUnit(rows []record) []record {
	return slices.SortedFunc(slices.Values(rows), func(a, b record) int {
		return cmp.Or(cmp.Compare(a.unit.id, b.unit.id), a.entered().Compare(b.entered()), cmp.Compare(a.id, b.id))
	})
}

func ofYear(rows []record, year int) []record {
	return slices.DeleteFunc(slices.Clone(rows), func(r record) bool { return r.entered().Year() != year })
}

func yearsOf(rows []record) []int {
	years := map[int]bool{}
	for _, r := range rows {
		years[r.entered().Year()] = true
	}
	var all []int
	for year := range years {
		all = append(all, year)
	}
	slices.Sort(all)
	return all
}
