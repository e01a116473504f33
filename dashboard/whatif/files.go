package whatif

import (
	"errors"
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
	Result   whatif.Result // before it is compared: the question
	Printer  language.Printer
	Zone     *time.Location
	District string
}

// Compare sets Result and hands obligations over as they are compared, since of very many units they are too many to be held; every may be nil.
type Compare func(every func(model.MovedObligation) error) error

// Write compares and writes a list, or as xlsx all of them. An unknown list or format is a *model.UserError.
func (f *File) Write(w io.Writer, format, list string, compare Compare) error {
	switch {
	case !slices.Contains(Lists(), list):
		return &model.UserError{Parameter: "list", Value: list, Expected: "units, obligations or groups"}
	case format == "xlsx":
		return f.writeBook(w, compare)
	case list == "obligations":
		return export.WriteEach(w, format, f.request(model.MovedObligations()), f.obligations(compare))
	}
	if err := compare(nil); err != nil {
		return err
	}
	report, rows := f.table(list)
	return export.WriteRows(w, format, f.request(report), rows)
}

// obligations are the rows of that list.
func (f *File) obligations(compare Compare) func(row func([]any) error) error {
	cells := cellsOf[model.MovedObligation](model.MovedObligations())
	return func(row func([]any) error) error {
		return compare(func(of model.MovedObligation) error { return row(cells(of)) })
	}
}

// writeBook writes the obligations between the sheet of the units and that of the groups, which are known when all are compared.
func (f *File) writeBook(w io.Writer, compare Compare) (err error) {
	book, err := export.NewBook()
	if err != nil {
		return err
	}
	defer func() {
		if closing := book.Close(); err == nil {
			err = closing
		}
	}()
	begin := func(report model.Report) (*export.Sheets, error) {
		request := f.request(report)
		return book.Sheets(request, request.Title)
	}
	units, err := begin(model.MovedUnits())
	if err != nil {
		return err
	}
	obligations, err := begin(model.MovedObligations())
	if err != nil {
		return err
	}
	if err := errors.Join(f.obligations(compare)(obligations.Row), obligations.End(), f.fill(units, "units")); err != nil {
		return err
	}
	groups, err := begin(model.MovedGroups())
	if err != nil {
		return err
	}
	if err := f.fill(groups, "groups"); err != nil {
		return err
	}
	return book.Write(w)
}

// fill writes a list to its sheets.
func (f *File) fill(sheets *export.Sheets, list string) error {
	_, rows := f.table(list)
	for _, row := range rows {
		if err := sheets.Row(row); err != nil {
			return fmt.Errorf("write the sheet of %s: %w", list, err)
		}
	}
	return sheets.End()
}

func (f *File) request(report model.Report) export.Request {
	return export.Request{
		Report: report, Question: f.Result.Question, Printer: f.Printer, Zone: f.Zone, District: f.District, Title: f.Printer.Report(report.Name),
	}
}

func (f *File) table(list string) (report model.Report, rows [][]any) {
	if list == "units" {
		return tableOf(model.MovedUnits(), f.Result.Units)
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
