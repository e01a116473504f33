package district

import "time"

// form is how one ledger writes its rows: columns, words or codes, dates.
type form struct {
	columns []column
	codes   bool // scope and channel as codes instead of Chinese words
	style   func(r record) string
	cells   bool // real date cells where the workbook can have them
	ids     bool // its rows have record ids; without, the reader derives them
}

type column struct{ header, field string }

func chineseForm() form {
	return form{columns: []column{
		{"记录编号", "record_id"},
		{"单位", "unit"},
		{"事项", "item"},
		{"标题", "title"},
		{"事件编号", "event_id"},
		{"所属期", "period"},
		{"发生日期", "occurred_on"},
		{"提出日期", "proposed_on"},
		{"审核日期", "reviewed_on"},
		{"审批日期", "approved_on"},
		{"公开日期", "published_on"},
		{"上传日期", "uploaded_on"},
		{"撤下日期", "withdrawn_on"},
		{"公开范围", "scope"},
		{"公开渠道", "channel"},
		{"链接", "url"},
	}, style: styleOfUnit, ids: true}
}

func englishForm() form {
	f := chineseForm()
	f.codes, f.style = true, func(record) string { return time.DateOnly }
	for n, c := range f.columns {
		f.columns[n].header = c.field
	}
	return f
}

// townForm has the parent column that homonymous villages need, and no record ids.
func townForm() form {
	f := chineseForm()
	f.columns, f.ids = append([]column{{"上级单位", "parent"}}, f.columns[1:]...), false
	return f
}

// villageForm uses headers of its own (the source's `columns` in yangguang.yaml) and a column the reader ignores.
func villageForm(town unit) form {
	return form{columns: []column{
		{"村社区名称", "unit"},
		{"事项", "item"},
		{"标题", "title"},
		{"所属期", "period"},
		{"发生日期", "occurred_on"},
		{"提出日期", "proposed_on"},
		{"审核日期", "reviewed_on"},
		{"审批日期", "approved_on"},
		{"公开时间", "published_on"},
		{"上传日期", "uploaded_on"},
		{"撤下日期", "withdrawn_on"},
		{"公开范围", "scope"},
		{"公开渠道", "channel"},
		{"链接", "url"},
		{"备注", ""},
	}, style: styleOfUnit, cells: chanceOf("cells", town.id).happens(.7)}
}

// dateStyles are the four ways, and one with a time of day.
func dateStyles() []string {
	return []string{time.DateOnly, "2006/1/2", "2006.1.2", "2006年1月2日", "2006-01-02 15:04"}
}

func styleOfUnit(r record) string {
	c := chanceOf("dates", r.unit.id)
	usual := oneOf(c, dateStyles()...)
	if own := chanceOf("dates", r.id); own.happens(.1) {
		return oneOf(own, dateStyles()...)
	}
	return usual
}

func (d *registered) sheet(name string, f form, rows []record) sheet {
	s := sheet{name: name}
	for _, c := range f.columns {
		s.header = append(s.header, c.header)
	}
	for _, r := range rows {
		s.rows = append(s.rows, d.fill(f, r))
	}
	return s
}

func (d *registered) fill(f form, r record) []cell {
	c := chanceOf("words", r.id)
	texts := map[string]string{
		"unit": r.unit.name, "parent": r.parent, "title": r.title, "event_id": r.event, "period": r.period, "url": r.url,
		"item": oneOf(c, append([]string{r.item.id, r.item.name, r.item.name}, r.item.aliases...)...),
	}
	if f.ids {
		texts["record_id"] = r.id
		texts["unit"] = unitText(c, r.unit)
	}
	texts["scope"], texts["channel"] = word(f, r.scope), word(f, r.channel)
	days := map[string]time.Time{
		"occurred_on": r.occurred, "proposed_on": r.proposed, "reviewed_on": r.reviewed, "approved_on": r.approved,
		"published_on": r.published, "uploaded_on": r.uploaded, "withdrawn_on": r.withdrawn,
	}
	style := f.style(r)
	cells := make([]cell, 0, len(f.columns))
	for _, column := range f.columns {
		raw, isRaw := r.raw[column.field]
		on := days[column.field]
		switch {
		case isRaw:
			cells = append(cells, cell{text: raw})
		case on.IsZero():
			cells = append(cells, cell{text: texts[column.field]})
		case f.cells:
			cells = append(cells, cell{day: on})
		default:
			cells = append(cells, cell{text: on.Add(9*time.Hour + 30*time.Minute).Format(style)})
		}
	}
	return cells
}

func unitText(c chance, u unit) string {
	if c.happens(.3) && u.aliases[0] != "" {
		return oneOf(c, u.aliases...)
	}
	if c.happens(.1) {
		return u.id
	}
	return u.name
}

func word(f form, code string) string {
	if f.codes || code == "" {
		return code
	}
	return map[string]string{
		"society": "社会公开", "party": "党内公开", "unit": "单位公开",
		"press": "报刊", "website": "网站", "wechat_account": "微信公众号", "meeting": "工作会议", "board": "公开栏",
		"wechat_group": "微信群",
	}[code]
}
