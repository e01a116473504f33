package page

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// labelled is up to how many rows cells carry their column's label, and links and boxes what tells them apart; in longer tables static/table.js gives it to
// them.
const labelled = 50

// Body is the rows as HTML. A table has thousands of cells: what a column's cells share stands at the table (Shared), and what a reader of the page can
// tell from what it shows, as ends of cells, is left out.
func (t *Table) Body() template.HTML {
	m, columns := &markup{}, slices.Clone(t.Columns)
	for i := range columns {
		if len(t.Rows) > labelled {
			columns[i].Label = ""
		}
		if !shared(i, columns[i]) {
			columns[i].Class = ""
		}
	}
	for _, row := range t.Rows {
		m.begin("tr", "class", row.Class, "data-tags", row.tags(), "data-ids", row.ids())
		for i, cell := range row.Cells {
			cell.td(m, columns[i])
		}
		m.end("tr")
		m.text.WriteByte('\n')
	}
	return m.html()
}

// mostShared is up to which column the style sheet knows what its cells share.
const mostShared = 24

// sharable are the classes that the style sheet gives to the cells of a column which have none of their own.
var sharable = []string{"num", "fit", "minor", "on-screen"}

// shared says whether cells of the column's class may come without it.
func shared(at int, c Column) bool {
	if at >= mostShared || c.Class == "" {
		return false
	}
	for class := range strings.FieldsSeq(c.Class) {
		if !slices.Contains(sharable, class) {
			return false
		}
	}
	return true
}

// Shared are the table's attributes that say which columns' cells are of a class; after are the columns that follow a number.
func (t *Table) Shared() template.HTMLAttr {
	columns := map[string][]string{}
	numeric := func(c Column) bool { return slices.Contains(strings.Fields(c.Class), "num") }
	for at, c := range t.Columns[:min(mostShared, len(t.Columns))] {
		number := strconv.Itoa(at + 1)
		if shared(at, c) {
			for class := range strings.FieldsSeq(c.Class) {
				columns[class] = append(columns[class], number)
			}
		}
		if at > 0 && numeric(t.Columns[at-1]) && !numeric(c) {
			columns["after"] = append(columns["after"], number)
		}
	}
	var attributes strings.Builder
	for _, class := range append(slices.Clone(sharable), "after") {
		if len(columns[class]) > 0 {
			attributes.WriteString(" data-" + class + `="` + strings.Join(columns[class], " ") + `"`)
		}
	}
	return template.HTMLAttr(attributes.String()) // #nosec G203: names and numbers from here
}

// NamedBy are the columns, from 0, that tell apart the links or boxes of a column, which all say the same; empty: they say it themselves.
func (t *Table) NamedBy(at int) string {
	titled := slices.IndexFunc(t.Columns, func(c Column) bool { return slices.Contains(strings.Fields(c.Class), "title") })
	switch {
	case len(t.Rows) <= labelled || titled < 0:
		return ""
	case t.Columns[at].Link:
		return fmt.Sprint(titled, titled+1, titled+2)
	case slices.ContainsFunc(t.Rows, func(r Row) bool { return at < len(r.Cells) && r.Cells[at].Choose != "" }):
		return strconv.Itoa(titled)
	}
	return ""
}

// tags are what chips keep the row by, besides the labels in its cells.
func (r Row) tags() string {
	return strings.Join(slices.DeleteFunc(strings.Fields(r.Tags), func(tag string) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Tag != "" && strings.HasSuffix(c.Tag, "-"+tag) })
	}), " ")
}

// ids are what a row is about besides what it shows and where it leads: searching finds it by them too.
func (r Row) ids() string {
	var shown, ids strings.Builder
	for _, c := range r.Cells {
		shown.WriteString(c.Text + " " + c.Note + " ")
		if c.ID != "" && !c.leadsTo(c.ID) {
			ids.WriteString(c.ID + " ")
		}
	}
	for word := range strings.FieldsSeq(r.Sought) {
		if !strings.Contains(shown.String(), word) && !strings.Contains(ids.String(), word) {
			ids.WriteString(word + " ")
		}
	}
	return strings.TrimSuffix(ids.String(), " ")
}

// leadsTo says that the cell's address ends with the id, where static/table.js finds it.
func (c Cell) leadsTo(id string) bool {
	path, _, _ := strings.Cut(c.Href, "?")
	return (strings.HasPrefix(path, unitPath) || strings.HasPrefix(path, proofPath)) && strings.HasSuffix(path, "/"+url.PathEscape(id))
}

// td is the cell in its row, which needs no end: on a phone, where rows are cards, with its column's label.
func (c Cell) td(m *markup, column Column) {
	m.text.WriteString("<td")
	if c.Class != column.Class {
		m.attribute("class", c.Class)
	}
	if column.Label != "" {
		m.attribute("data-label", column.Label)
	}
	if column.Sort != "" {
		if key := c.key(); key != c.shownKey(column.Sort) {
			m.attribute("data-sort", key)
		}
	}
	m.text.WriteByte('>')
	if column.Label == "" && (column.Link || c.Choose != "") {
		c.Title = ""
	}
	c.write(m)
}

// key is what a column sorts the cell by; empty: no value. Ratios are percent, as they are shown.
func (c Cell) key() string {
	if c.Sort == "" && !c.None && c.Change == "" {
		return c.Text
	}
	if ratio, err := decimal.NewFromString(c.Sort); c.Kind == model.Ratio && err == nil {
		return ratio.Shift(2).String()
	}
	return c.Sort
}

// leading is the number that a text begins with.
var leading = regexp.MustCompile(`^([↓−-])?[↑+]?(\d[\d,]*(?:\.\d+)?)`)

// shownKey is what static/table.js sorts the cell by when nothing else is said: what it shows, of numbers the number; the key if that is the same.
func (c Cell) shownKey(kind string) string {
	shown := c.Text
	switch {
	case c.History != nil || c.Raw != "" || c.Choose != "":
		return "\x00" // cannot be told
	case c.None:
		return ""
	case c.Change != "":
		shown = c.Change
	}
	if kind != "number" {
		return strings.TrimSpace(shown)
	}
	exact, err := decimal.NewFromString(c.key())
	if shown == "=" && exact.IsZero() {
		return c.key()
	}
	found := leading.FindStringSubmatch(shown)
	if found == nil || err != nil {
		return ""
	}
	number := decimal.RequireFromString(strings.ReplaceAll(found[2], ",", ""))
	if found[1] != "" {
		number = number.Neg()
	}
	if number.Equal(exact) {
		return c.key()
	}
	return number.String()
}

// HTML is what a cell shows.
func (c Cell) HTML() template.HTML {
	m := &markup{}
	c.write(m)
	return m.html()
}

func (c Cell) write(m *markup) {
	switch {
	case c.State != "":
		m.begin("span", "class", "state "+c.State, "title", c.Title)
		m.element("span", c.Mark, "class", strings.TrimSpace("mark "+c.State+" "+c.Age), "aria-hidden", "true")
		m.write(c.Text)
		m.end("span")
	case c.None:
		m.element("span", "—", "class", "none", "title", c.Title)
	case c.Change != "":
		m.element("i", c.Change, "class", c.ChangeClass, "title", c.ChangeTitle)
	case c.Tag != "":
		m.element("span", c.Text, "class", "tag "+c.Tag)
	case c.Choose != "":
		m.begin("input", "type", "checkbox", "name", "unit", "value", c.Choose, "form", ChooserID, "aria-label", c.Title)
	case c.History != nil:
		c.History.write(m)
	case c.Raw != "":
		m.begin("details", "class", "source-text")
		m.element("summary", c.Text)
		m.element("pre", c.Raw, "class", "raw", "tabindex", "0") // so that the keyboard scrolls it
		m.end("details")
	case c.External && Followable(c.Href):
		m.element("a", c.Text, "href", c.Href, "title", c.Title, "rel", "noopener noreferrer", "target", "_blank")
	case strings.HasPrefix(c.Href, "/") || strings.HasPrefix(c.Href, "#"): // of these pages
		m.element("a", c.Text, "href", c.Href, "title", c.Title)
	default:
		m.write(c.Text)
	}
	if c.Note != "" {
		m.element("small", c.Note)
	}
	if c.Ticks != nil {
		c.Ticks.write(m)
	}
}

func (h *History) write(m *markup) {
	width, height := strconv.Itoa(h.Width), strconv.Itoa(h.Height)
	m.begin("svg", "class", "history", "width", width, "height", height, "viewBox", "0 0 "+width+" "+height, "role", "img", "aria-label", h.Label)
	m.element("title", h.Label)
	for _, bar := range h.Bars {
		x, right := strconv.Itoa(bar.X), strconv.Itoa(bar.Right)
		m.begin("g", "class", bar.Outcome)
		m.element("title", bar.Title)
		m.element("rect", "", "class", "box", "x", x, "y", "0", "width", strconv.Itoa(bar.Width), "height", height)
		m.element("rect", "", "class", "rows", "x", x, "y", strconv.Itoa(bar.Y), "width", strconv.Itoa(bar.Width), "height", strconv.Itoa(bar.Height))
		if bar.Outcome == "failed" {
			m.element("path", "", "d", "M"+x+" 0L"+right+" "+height+"M"+right+" 0L"+x+" "+height)
		}
		m.end("g")
	}
	m.end("svg")
}

// Followable reports whether a browser may follow an address that a source gave.
func Followable(address string) bool {
	parsed, err := url.Parse(strings.TrimSpace(address))
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != ""
}

// History is the small chart of a source's last collections: a bar each, the newest on the right, as high as rows were read.
type History struct {
	Label         string
	Width, Height int
	Bars          []HistoryBar
}

// HistoryBar is one collection. The box of one that did not succeed is as high as the chart, crossed when it failed: its shape says what
// its colour does.
type HistoryBar struct {
	X, Y, Width, Height int
	Right               int
	Outcome             string // success, suspicious, failed, other
	Title               string
}
