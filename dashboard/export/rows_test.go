package export_test

import (
	"context"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// rows are the answer to any question; fault comes after them.
type rows struct {
	rows  [][]any
	fault error
	asked *model.Question
}

func (r rows) Stream(_ context.Context, _ model.Report, question model.Question, each func([]any) error) error {
	if r.asked != nil {
		*r.asked = question
	}
	for _, row := range r.rows {
		if err := each(row); err != nil {
			return err
		}
	}
	return r.fault
}

func shanghai() *time.Location { return time.FixedZone("CST", 8*3600) }

func civil(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func (r rows) CheckUnits(_ context.Context, question model.Question) error {
	if question.Unit == "nobody" {
		return &model.UserError{Parameter: "unit", Value: question.Unit, Expected: "a unit"}
	}
	return nil
}

// sample is a report with every kind of column and rows with every kind of trouble.
func sample() (model.Report, rows) {
	report := model.Report{Name: "obligations", Columns: []model.Column{
		{Key: "unit", Kind: model.Text},
		{Key: "class", Kind: model.Code},
		{Key: "due_on", Kind: model.Date},
		{Key: "state", Kind: model.Code},
		{Key: "backdated", Kind: model.Flag},
		{Key: "delay_days", Kind: model.Days},
		{Key: "procedure", Kind: model.Flag},
		{Key: "coverage", Kind: model.Ratio},
		{Key: "score", Kind: model.Score},
		{Key: "mean_delay_days", Kind: model.MeanDays},
		{Key: "assessed", Kind: model.Count},
		{Key: "first_seen", Kind: model.Instant},
	}}
	seen := time.Date(2026, 9, 3, 16, 30, 5, 0, time.UTC)
	return report, rows{rows: [][]any{
		{
			"沙北街道", "essential", civil(2026, 7, 10), "on_time", int64(0), nil, int64(1), decimal.New(9640, -4), decimal.New(8863, -2),
			decimal.New(15, -1), int64(12), seen,
		},
		{
			"=HYPERLINK(\"http://x\")", "obligatory", civil(2026, 7, 10), "lapsed", nil, int64(135), nil, decimal.New(1, 0), decimal.New(100, 0),
			nil, int64(0), nil,
		},
		{"-3.5", "recommended", nil, "unverified", int64(1), int64(-2), int64(0), nil, nil, nil, nil, nil},
		{"a \"quoted\", <b>&\nsecond line 𠮷", "", nil, "", nil, nil, nil, nil, nil, nil, nil, nil},
		{nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
	}}
}

func request(t *testing.T, report model.Report, name string) export.Request {
	t.Helper()
	return export.Request{
		Report:   report,
		Question: model.Question{Programme: "party"}.WithDefaults(civil(2026, 11, 22)),
		Printer:  bundle(t).Printer(name),
		Zone:     shanghai(),
	}
}

func bundle(t *testing.T) *language.Bundle {
	t.Helper()
	loaded, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}
