package record

import "yangguang/collector/table"

// Positions of Columns.
const (
	ColumnRecordID = iota
	ColumnUnit
	ColumnParent
	ColumnItem
	ColumnTitle
	ColumnEventID
	ColumnPeriod
	ColumnOccurredOn
	ColumnProposedOn
	ColumnReviewedOn
	ColumnApprovedOn
	ColumnPublishedOn
	ColumnUploadedOn
	ColumnWithdrawnOn
	ColumnScope
	ColumnChannel
	ColumnURL
)

// Columns are the columns of a ledger in the order of SPEC §3, by key and by Chinese name. FieldsOf reads rows whose
// header begins with them; a source may append names of its own to each.
func Columns() []table.Column {
	return []table.Column{
		{Key: "record_id", Names: []string{"记录编号"}, ID: true},
		{Key: "unit", Names: []string{"单位"}, Required: true, ID: true},
		{Key: "parent", Names: []string{"上级单位"}, ID: true},
		{Key: "item", Names: []string{"事项"}, Required: true, ID: true},
		{Key: "title", Names: []string{"标题"}},
		{Key: "event_id", Names: []string{"事件编号"}, ID: true},
		{Key: "period", Names: []string{"所属期"}},
		{Key: "occurred_on", Names: []string{"发生日期"}, Date: true},
		{Key: "proposed_on", Names: []string{"提出日期"}, Date: true},
		{Key: "reviewed_on", Names: []string{"审核日期"}, Date: true},
		{Key: "approved_on", Names: []string{"审批日期"}, Date: true},
		{Key: "published_on", Names: []string{"公开日期"}, Date: true},
		{Key: "uploaded_on", Names: []string{"上传日期"}, Date: true},
		{Key: "withdrawn_on", Names: []string{"撤下日期"}, Date: true},
		{Key: "scope", Names: []string{"公开范围"}},
		{Key: "channel", Names: []string{"公开渠道"}},
		{Key: "url", Names: []string{"链接"}},
	}
}

// FieldsOf reads a row whose table.Header starts with Columns.
func FieldsOf(row table.Row) Fields {
	fields := Fields{
		RecordID: row.At(0), Unit: row.At(1), Parent: row.At(2), Item: row.At(3), Title: row.At(4), EventID: row.At(5), Period: row.At(6),
		OccurredOn: row.At(7), ProposedOn: row.At(8), ReviewedOn: row.At(9), ApprovedOn: row.At(10), PublishedOn: row.At(11),
		UploadedOn: row.At(12), WithdrawnOn: row.At(13), Scope: row.At(14), Channel: row.At(15), URL: row.At(16),
	}
	if nature := row.NatureAt(ColumnPeriod); nature == table.Month && len(fields.Period) > len("2026-07") {
		fields.Period = fields.Period[:len("2026-07")] // what the cell shows
	} else if nature == table.Number || row.IsText() {
		fields.PeriodMayBeNumber = true
	}
	return fields
}
