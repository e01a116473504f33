package country

import (
	"bytes"
	"context"
	"io"
	"time"

	"yangguang/collector/record"
)

// ledgerHeader is the columns of every ledger (SPEC §3).
const ledgerHeader = "记录编号,单位,上级单位,事项,标题,事件编号,所属期,发生日期,提出日期,审核日期,审批日期,公开日期,上传日期,撤下日期,公开范围,公开渠道,链接\n"

// headerLines are above the first row of a ledger.
const headerLines = 1

// form is how one province's clerks write: what they call items and units, and dates.
type form struct {
	country *Country
	items   map[string]string // by item_id
	days    []string          // from the calendar's first day on
	shared  map[string]bool   // keys of names that several units of the province have under parents of one name
}

func (c *Country) formOf(n int) *form {
	p := c.provinces[n]
	draw := chanceOf(c.seed, keyOf(c.units[p.unit].id), 7)
	f := &form{country: c, items: map[string]string{}}
	called := draw.below(3)
	for _, item := range c.registry.Items {
		f.items[item.ID] = [...]string{item.Name, item.Aliases[0], item.ID}[called]
	}
	style := oneOf(&draw, []string{time.DateOnly, "2006/1/2", "2006.1.2", "2006年1月2日"})
	for n := range c.calendar.working {
		f.days = append(f.days, (c.calendar.first + day(n)).time().Format(style))
	}
	f.shared = c.sharedNames(p)
	return f
}

// sharedNames are the names in a province that a unit's name and its parent's do not tell apart: 城关镇 is in many districts.
func (c *Country) sharedNames(p province) map[string]bool {
	seen := map[string]bool{}
	for at := p.unit; at < p.end(); at++ {
		key := c.nameKey(at)
		_, again := seen[key]
		seen[key] = again
	}
	for key, again := range seen {
		if !again {
			delete(seen, key)
		}
	}
	return seen
}

// end is behind the province's last unit.
func (p province) end() int { return p.files[len(p.files)-1].end }

// nameKey is a unit's name with its parent's, as they are compared.
func (c *Country) nameKey(at int) string {
	u := &c.units[at]
	if u.parent < 0 {
		return record.FoldUnit(u.name)
	}
	return record.FoldUnit(u.name) + "\n" + record.FoldUnit(c.units[u.parent].name)
}

// called is what the ledger calls a unit and its parent.
func (f *form) called(at int) (name, parent string) {
	u := &f.country.units[at]
	if f.shared[f.country.nameKey(at)] {
		name = u.id
	} else {
		name = u.name
	}
	if u.parent >= 0 {
		parent = f.country.units[u.parent].name
	}
	return name, parent
}

// flushAt is how many bytes of a ledger are written at a time.
const flushAt = 256 << 10

// writeLedger writes the header and the rows of a stage of the units from first up to end, and says how many.
func (c *Country) writeLedger(ctx context.Context, w io.Writer, f *form, stage stage, first, end int) (rows int, err error) {
	line := append(make([]byte, 0, flushAt+8<<10), ledgerHeader...)
	name, parent := "", ""
	t := teller{country: c, stage: stage, each: func(r *record.Record) { line = f.appendRow(line, name, parent, r) }}
	for at := first; at < end; at++ {
		name, parent = f.called(at)
		t.tell(at)
		if len(line) < flushAt && at+1 < end {
			continue
		}
		if err := ctx.Err(); err != nil {
			return t.count, err
		}
		if _, err := w.Write(line); err != nil {
			return t.count, err
		}
		line = line[:0]
	}
	_, err = w.Write(line) // of a ledger without units
	return t.count, err
}

func (f *form) appendRow(line []byte, unit, parent string, r *record.Record) []byte {
	for _, cell := range [...]string{r.RecordID, unit, parent, f.items[r.ItemID], r.Title, r.EventID, r.Period} {
		line = append(appendCell(line, cell), ',')
	}
	for _, on := range [...]time.Time{r.OccurredOn, r.ProposedOn, r.ReviewedOn, r.ApprovedOn, r.PublishedOn, r.UploadedOn, r.WithdrawnOn} {
		if !on.IsZero() {
			line = append(line, f.days[dayOf(on)-f.country.calendar.first]...)
		}
		line = append(line, ',')
	}
	line = append(append(line, word(r.Scope)...), ',')
	line = append(append(line, word(r.Channel)...), ',')
	return append(appendCell(line, r.URL), '\n')
}

// appendCell appends a cell, quoted if need be.
func appendCell(line []byte, text string) []byte {
	start := len(line)
	line = append(line, text...)
	if bytes.IndexByte(line[start:], ',') < 0 && bytes.IndexByte(line[start:], '"') < 0 {
		return line
	}
	line = append(line[:start], '"')
	for _, b := range []byte(text) {
		if b == '"' {
			line = append(line, b)
		}
		line = append(line, b)
	}
	return append(line, '"')
}

// word is a scope or channel as clerks write it.
func word(code string) string {
	switch code {
	case "society":
		return "社会公开"
	case "party":
		return "党内公开"
	case "unit":
		return "单位公开"
	case "press":
		return "报刊"
	case "website":
		return "网站"
	case "wechat_account":
		return "微信公众号"
	case "meeting":
		return "工作会议"
	case "board":
		return "公开栏"
	case "wechat_group":
		return "微信群"
	}
	return code
}
