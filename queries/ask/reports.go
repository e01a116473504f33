package ask

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"yangguang/queries/model"
)

// Ranking answers the report ranking.
func (s *Asker) Ranking(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	return rowsOf[model.RankingRow](ctx, s, "ranking", question)
}

// Obligations answers the report obligations.
func (s *Asker) Obligations(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return rowsOf[model.ObligationRow](ctx, s, "obligations", question)
}

// Lapsed answers the report lapsed.
func (s *Asker) Lapsed(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return rowsOf[model.ObligationRow](ctx, s, "lapsed", question)
}

// Items answers the report items.
func (s *Asker) Items(ctx context.Context, question model.Question) ([]model.ItemRow, error) {
	return rowsOf[model.ItemRow](ctx, s, "items", question)
}

// Summary answers the report summary.
func (s *Asker) Summary(ctx context.Context, question model.Question) ([]model.SummaryRow, error) {
	return rowsOf[model.SummaryRow](ctx, s, "summary", question)
}

// Sites answers the report sites.
func (s *Asker) Sites(ctx context.Context, question model.Question) ([]model.SiteRow, error) {
	return rowsOf[model.SiteRow](ctx, s, "sites", question)
}

// Notices answers the report notices.
func (s *Asker) Notices(ctx context.Context, question model.Question) ([]model.NoticeRow, error) {
	return rowsOf[model.NoticeRow](ctx, s, "notices", question)
}

// Sources answers the report sources.
func (s *Asker) Sources(ctx context.Context, question model.Question) ([]model.SourceRow, error) {
	return rowsOf[model.SourceRow](ctx, s, "sources", question)
}

// rowsOf reads a whole report, details too, into structs whose fields name their column.
func rowsOf[Row any](ctx context.Context, s *Asker, name string, question model.Question) ([]Row, error) {
	report, known := model.ReportNamed(name)
	if !known {
		return nil, fmt.Errorf("no report %s", name)
	}
	return structsOf[Row](slices.Concat(report.Columns, report.Detail), func(columns []model.Column, each func([]any) error) error {
		return s.ask(ctx, "reports/"+name, columns, question, each)
	})
}

// structsOf reads an answer into structs; a struct must have a field for each of the answer's columns.
func structsOf[Row any](columns []model.Column, ask func(columns []model.Column, each func([]any) error) error) (rows []Row, err error) {
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Row]()) {
		fields[field.Tag.Get("column")] = field.Index
	}
	err = ask(columns, func(values []any) error {
		var row Row
		for i, column := range columns {
			field, known := fields[column.Key]
			if !known {
				return fmt.Errorf("%T has no field for the column %s", row, column.Key)
			}
			if values[i] != nil {
				set(reflect.ValueOf(&row).Elem().FieldByIndex(field), reflect.ValueOf(values[i]))
			}
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// set stores a value in a field of its type or of a pointer to it.
func set(field, value reflect.Value) {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(value.Type()))
		field = field.Elem()
	}
	field.Set(value)
}

// Inspections answers the report inspections: every inspection by the as-of day of the sites that the report sites lists, by site and day.
func (s *Asker) Inspections(ctx context.Context, question model.Question) ([]model.InspectionRow, error) {
	return rowsOf[model.InspectionRow](ctx, s, "inspections", question)
}

// Observations answers the report observations: every visit by the as-of day to the sites that the report sites lists, by day.
func (s *Asker) Observations(ctx context.Context, question model.Question) ([]model.ObservationRow, error) {
	return rowsOf[model.ObservationRow](ctx, s, "observations", question)
}
