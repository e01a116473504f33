package whatif

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
	"yangguang/queries/whatif"
)

// File is a comparison as a file: of CSV and JSON one list, of XLSX a sheet each.
type File struct {
	Result   whatif.Result // with all its obligations
	Printer  language.Printer
	Zone     *time.Location
	District string
}

// Write writes a list, or as xlsx all of them. An unknown list or format is a *model.UserError.
func (f File) Write(w io.Writer, format, list string) (err error) {
	if !slices.Contains(Lists(), list) {
		return &model.UserError{Parameter: "list", Value: list, Expected: "units, obligations or groups"}
	}
	if format != "xlsx" {
		report, rows := f.table(list)
		return export.WriteRows(w, format, f.request(report), rows)
	}
	book, err := export.NewBook()
	if err != nil {
		return err
	}
	defer func() {
		if closing := book.Close(); err == nil {
			err = closing
		}
	}()
	for _, list := range Lists() {
		report, rows := f.table(list)
		request := f.request(report)
		sheets, err := book.Sheets(request, request.Title)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := sheets.Row(row); err != nil {
				return fmt.Errorf("write the sheet %s: %w", request.Title, err)
			}
		}
		if err := sheets.End(); err != nil {
			return err
		}
	}
	return book.Write(w)
}

// WriteObligations writes the list of obligations as a comparison hands them over, since of very many units they are too many to be held. Of Result it
// needs the question.
func (f File) WriteObligations(w io.Writer, format string, compare func(each func(model.MovedObligation) error) error) error {
	report := model.MovedObligations()
	cells := cellsOf[model.MovedObligation](report)
	return export.WriteEach(w, format, f.request(report), func(row func([]any) error) error {
		return compare(func(of model.MovedObligation) error { return row(cells(of)) })
	})
}

func (f File) request(report model.Report) export.Request {
	return export.Request{
		Report: report, Question: f.Result.Question, Printer: f.Printer, Zone: f.Zone, District: f.District, Title: f.Printer.Report(report.Name),
	}
}

func (f File) table(list string) (report model.Report, rows [][]any) {
	switch list {
	case "units":
		return tableOf(model.MovedUnits(), f.Result.Units)
	case "obligations":
		return tableOf(model.MovedObligations(), f.Result.Obligations)
	}
	return tableOf(model.MovedGroups(), GroupRows(f.Result.Groups))
}

// tableOf are rows by their columns, as ask.Asker.Stream gives them.
func tableOf[Row any](report model.Report, of []Row) (model.Report, [][]any) {
	cells, rows := cellsOf[Row](report), make([][]any, 0, len(of))
	for _, one := range of {
		rows = append(rows, cells(one))
	}
	return report, rows
}

// cellsOf are the cells of a row by the columns of a report.
func cellsOf[Row any](report model.Report) func(Row) []any {
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Row]()) {
		fields[field.Tag.Get("column")] = field.Index
	}
	return func(of Row) []any {
		row := make([]any, 0, len(report.Columns))
		for _, column := range report.Columns {
			value := reflect.ValueOf(of).FieldByIndex(fields[column.Key])
			switch {
			case value.Kind() == reflect.Pointer && value.IsNil():
				row = append(row, nil)
			case value.Kind() == reflect.Pointer:
				row = append(row, value.Elem().Interface())
			default:
				row = append(row, value.Interface())
			}
		}
		return row
	}
}

// GroupRow is a group before and after.
type GroupRow struct {
	Group               string           `column:"group"`
	UnitsBefore         int64            `column:"units_before"`
	UnitsAfter          int64            `column:"units_after"`
	ScoreBefore         *decimal.Decimal `column:"score_before"`
	ScoreAfter          *decimal.Decimal `column:"score_after"`
	CoverageBefore      *decimal.Decimal `column:"coverage_before"`
	CoverageAfter       *decimal.Decimal `column:"coverage_after"`
	TimelinessBefore    *decimal.Decimal `column:"timeliness_before"`
	TimelinessAfter     *decimal.Decimal `column:"timeliness_after"`
	ClearUnitsBefore    *decimal.Decimal `column:"clear_units_before"`
	ClearUnitsAfter     *decimal.Decimal `column:"clear_units_after"`
	AssessedBefore      int64            `column:"assessed_before"`
	AssessedAfter       int64            `column:"assessed_after"`
	LapsedBefore        int64            `column:"lapsed_before"`
	LapsedAfter         int64            `column:"lapsed_after"`
	CarriedLapsedBefore int64            `column:"carried_lapsed_before"`
	CarriedLapsedAfter  int64            `column:"carried_lapsed_after"`
	UnverifiedBefore    int64            `column:"unverified_before"`
	UnverifiedAfter     int64            `column:"unverified_after"`
	PendingBefore       int64            `column:"pending_before"`
	PendingAfter        int64            `column:"pending_after"`
}

// GroupRows are the groups of a comparison, a row each.
func GroupRows(groups []whatif.Group) (rows []GroupRow) {
	for _, of := range groups {
		b, a := of.Before, of.After
		rows = append(rows, GroupRow{
			a.Group, b.Units, a.Units, b.Score, a.Score, b.Coverage, a.Coverage, b.Timeliness, a.Timeliness, b.ClearUnits, a.ClearUnits, b.Assessed, a.Assessed,
			b.Lapsed, a.Lapsed, b.CarriedLapsed, a.CarriedLapsed, b.Unverified, a.Unverified, b.Pending, a.Pending,
		})
	}
	return rows
}
