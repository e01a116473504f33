package queries_test

import (
	"context"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// compareResults asks that what is answered at once of all groups be what the reports ranking and summary say of each, in the window and the one before.
func compareResults(ctx context.Context, t *rapid.T, store *ask.Asker, question model.Question) {
	question.Unit = ""
	beginning, err := ask.Run(ctx, store, ask.Beginning, question)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := ask.NewCached(store, 1)
	if err != nil {
		t.Fatal(err)
	}
	compareAnswers(ctx, t, question, store, answers, ask.Lapsed)
	compareAnswers(ctx, t, question, store, answers, ask.Sites)
	compareAnswers(ctx, t, question, store, answers, ask.Institutions)
	compareAnswers(ctx, t, question, store, answers, ask.Due(30))
	compareAnswers(ctx, t, question, store, answers, ask.Coverage)
	for _, group := range model.Codes("group") {
		question.Group = group
		var want model.Results
		if want.Units, err = ask.Run(ctx, store, ask.Ranking, question); err != nil {
			t.Fatal(err)
		}
		if want.Groups, err = ask.Run(ctx, store, ask.Summary, question); err != nil {
			t.Fatal(err)
		}
		if group == "all" {
			compareLapsingUnits(ctx, t, store, question, beginning, want.Groups)
		}
		if previous := question.Previous(); !previous.From.Before(beginning) {
			if want.Before, err = ask.Run(ctx, store, ask.Summary, previous); err != nil {
				t.Fatal(err)
			}
		}
		got, err := ask.Results(ctx, answers, question)
		if err != nil {
			t.Fatal(err)
		}
		withUnits := cmpopts.IgnoreSliceElements(func(row model.SummaryRow) bool { return row.Units == 0 })
		if diff := cmp.Diff(want, got, withUnits, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("of %+v (-reports +at once):\n%s", question, diff)
		}
		if again, known := ask.RememberedResults(ctx, answers, question); !known || !cmp.Equal(got, again) {
			t.Fatalf("of %+v remembered: %v, %v", question, known, again)
		}
	}
	question.To = question.To.AddDate(0, 0, 1)
	if unasked, known := ask.RememberedResults(ctx, answers, question); known {
		t.Fatalf("of %+v, which was never asked, remembered: %v", question, unasked)
	}
}

// compareAnswers asks that what is remembered for several windows be the answer of each.
func compareAnswers[Row any](ctx context.Context, t *rapid.T, question model.Question, asked, remembered ask.Answerer, query ask.Query[[]Row]) {
	want, err := ask.Run(ctx, asked, query, question)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ask.Run(ctx, remembered, query, question)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%T of %+v (-asked +remembered):\n%s", want, question, diff)
	}
}

// compareLapsingUnits counts the units of each group that the report lapsed lists.
func compareLapsingUnits(ctx context.Context, t *rapid.T, store *ask.Asker, question model.Question, beginning time.Time, summary []model.SummaryRow) {
	listsFrom := time.Date(question.AsOf.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC) // of a longer window the list has less than its figures
	if question.From.Before(beginning) || question.From.Before(listsFrom) {
		return
	}
	lapsed, err := ask.Run(ctx, store, ask.Lapsed, question)
	if err != nil {
		t.Fatal(err)
	}
	listed, units := map[string]int64{}, map[string]bool{}
	for _, lapse := range lapsed {
		if !units[lapse.UnitID] {
			units[lapse.UnitID] = true
			listed[lapse.Group]++
			listed["all"]++
		}
	}
	for _, row := range summary {
		if row.LapsingUnits != listed[row.Group] {
			t.Fatalf("of %+v %d units of %s have a lapse, %d are listed", question, row.LapsingUnits, row.Group, listed[row.Group])
		}
	}
}
