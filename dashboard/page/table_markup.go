package page

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// labelled is up to how many rows cells carry their column's label; in longer tables static/table.js gives it to them.
const labelled = 50

// Body is the rows as HTML.
func (t *Table) Body() template.HTML {
	m, columns := &markup{}, t.Columns
	if len(t.Rows) > labelled {
		columns = slices.Clone(columns)
		for i := range columns {
			columns[i].Label = ""
		}
	}
	for _, row := range t.Rows {
		m.begin("tr", "class", row.Class, "data-tags", row.Tags, "data-ids", row.ids())
		for i, cell := range row.Cells {
			cell.td(m, columns[i])
		}
		m.end("tr")
		m.text.WriteByte('\n')
	}
	return m.html()
}

// ids are what a row is about besides what it shows: searching finds it by them too.
func (r Row) ids() string {
	var ids []string
	for _, c := range r.Cells {
		if c.ID != "" {
			ids = append(ids, c.ID)
		}
	}
	if r.Sought != "" {
		ids = append(ids, r.Sought)
	}
	return strings.Join(ids, " ")
}

// td is the cell in its row: on a phone, where rows are cards, with its column's label.
func (c Cell) td(m *markup, column Column) {
	m.text.WriteString("<td")
	if c.Class != "" {
		m.attribute("class", c.Class)
	}
	if column.Label != "" {
		m.attribute("data-label", column.Label)
	}
	switch {
	case column.Sort == "" || c.sortsItself():
	case c.Sort == "" && !c.None:
		m.attribute("data-sort", c.Text)
	default:
		m.attribute("data-sort", c.Sort)
	}
	m.text.WriteByte('>')
	c.write(m)
	m.end("td")
}

// sortsItself says that what a cell shows is what its column sorts by.
func (c Cell) sortsItself() bool {
	if c.None || c.Note != "" || c.Ticks != nil || c.State != "" || c.Change != "" || c.History != nil || c.Raw != "" || c.Choose != "" {
		return false
	}
	if c.Sort == "" || c.Sort == c.Text {
		return true
	}
	shown, err := decimal.NewFromString(c.Text)
	exact, failed := decimal.NewFromString(c.Sort)
	return err == nil && failed == nil && shown.Equal(exact)
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
		m.element("span", c.Mark, "class", "mark "+c.State+" "+c.Age, "aria-hidden", "true")
		m.write(c.Text)
		m.end("span")
	case c.None:
		m.element("span", "—", "class", "none", "title", c.Title)
	case c.Change != "":
		m.element("span", c.Change, "class", "change "+c.ChangeClass, "title", c.ChangeTitle)
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
