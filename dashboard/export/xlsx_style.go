package export

import (
	"github.com/xuri/excelize/v2"

	"yangguang/queries/model"
)

// styles are the numbers by which a workbook knows its cell styles.
type styles struct {
	header int
	number int // header of a column of numbers: as they are, to the right
	kinds  map[model.Kind]int
	folded int // a text that takes several lines where it is longer than its column
	states map[string]int
}

func newStyles(file *excelize.File) (*styles, error) {
	var failure error
	add := func(style excelize.Style) int {
		id, err := file.NewStyle(&style)
		if err != nil && failure == nil {
			failure = err
		}
		return id
	}
	top := &excelize.Alignment{Vertical: "top"} // beside texts of several lines
	format := func(text string) int { return add(excelize.Style{CustomNumFmt: &text, Alignment: top}) }
	left := &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "top"} // numbers stand to the right: what follows them must not touch them
	words := add(excelize.Style{Alignment: left})
	day := func(text string) int { return add(excelize.Style{CustomNumFmt: &text, Alignment: left}) }
	header := func(horizontal string, indent int) int {
		return add(excelize.Style{
			Font:      &excelize.Font{Bold: true},
			Fill:      solid("E2E8F0"),
			Border:    []excelize.Border{{Type: "bottom", Color: "475569", Style: 1}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: horizontal, Indent: indent},
		})
	}
	made := &styles{
		folded: add(excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "top", WrapText: true}}),
		header: header("left", 1),
		number: header("right", 0),
		kinds: map[model.Kind]int{
			model.Text:     words,
			model.Code:     words,
			model.Sentence: words,
			model.Date:     day("yyyy-mm-dd"),
			model.Instant:  day("yyyy-mm-dd hh:mm:ss"),
			model.Ratio:    format("0.00%"),
			model.Score:    format("0.00"),
			model.Points:   format("General"),
			model.MeanDays: format("0.00"),
			model.Count:    format("0"),
			model.Days:     format("0"),
			model.Flag:     format("0"),
		},
		states: map[string]int{},
	}
	colours := stateStyles()
	for _, state := range model.Codes("state") { // in one order, so that the same report is the same file
		colour := colours[state]
		colour.Alignment = top
		made.states[state] = add(colour)
	}
	return made, failure
}

// head is the style of a column's header.
func (s *styles) head(kind model.Kind) int {
	switch kind {
	case model.Ratio, model.Score, model.Points, model.MeanDays, model.Count, model.Days, model.Flag:
		return s.number
	}
	return s.header
}

// of is the style of a cell: a state has its colour, everything else the number format of its kind.
func (s *styles) of(column model.Column, value any) int {
	if column.Key == "state" {
		state, _ := value.(string)
		return s.states[state]
	}
	if foldable(column) {
		return s.folded
	}
	return s.kinds[column.Kind]
}

// foldable says that a column holds texts longer than it is wide, which the next cell would cut off.
func foldable(column model.Column) bool {
	switch column.Key {
	case "item", "title", "problem", "content", "before", "after":
		return true
	}
	return column.Kind == model.Sentence
}

// stateStyles are the state colours that charts and pages use as well; the word in the cell carries the meaning too.
func stateStyles() map[string]excelize.Style {
	outline := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "top", "right", "bottom"} {
		outline = append(outline, excelize.Border{Type: side, Color: "475569", Style: 1})
	}
	white, dark := &excelize.Font{Color: "FFFFFF"}, &excelize.Font{Color: "0F172A"}
	return map[string]excelize.Style{
		"on_time":    {Fill: solid("0F766E"), Font: white},
		"late":       {Fill: solid("D97706"), Font: dark},
		"lapsed":     {Fill: solid("C2410C"), Font: white},
		"pending":    {Border: outline, Font: dark},
		"unverified": {Fill: excelize.Fill{Type: "pattern", Pattern: lightUp, Color: []string{"CBD5E1"}}, Font: dark},
		"exempt":     {Fill: solid("E5E7EB"), Font: dark},
		"undated":    {Fill: excelize.Fill{Type: "pattern", Pattern: gray0625, Color: []string{"94A3B8"}}, Font: dark},
		"overdue":    {Fill: solid("C2410C"), Font: white},
		"open":       {Border: outline, Font: dark},
		"closed":     {Fill: solid("0F766E"), Font: white},
	}
}

// Fill patterns by their number in excelize's list: diagonal hatching, and dots.
const (
	lightUp  = 14
	gray0625 = 18
)

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
