package queries_test

import (
	"context"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// compareResults asks that what is answered at once of all groups be what the reports ranking and summary say of each, in the window and the one before.
func compareResults(ctx context.Context, t *rapid.T, store *ask.Asker, question model.Question) {
	question.Unit = ""
	beginning, err := store.Beginning(ctx, question)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := ask.NewCached(store, 1)
	if err != nil {
		t.Fatal(err)
	}
	compareAnswers(ctx, t, question, store.Lapsed, answers.Lapsed)
	compareAnswers(ctx, t, question, store.Sites, answers.Sites)
	compareAnswers(ctx, t, question, store.Institutions, answers.Institutions)
	compareAnswers(ctx, t, question,
		func(ctx context.Context, question model.Question) ([]model.DueRow, error) {
			return store.Due(ctx, question, 30)
		},
		func(ctx context.Context, question model.Question) ([]model.DueRow, error) {
			return answers.Due(ctx, question, 30)
		})
	for _, group := range model.Codes("group") {
		question.Group = group
		var want model.Results
		if want.Units, err = store.Ranking(ctx, question); err != nil {
			t.Fatal(err)
		}
		if want.Groups, err = store.Summary(ctx, question); err != nil {
			t.Fatal(err)
		}
		if previous := question.Previous(); !previous.From.Before(beginning) {
			if want.Before, err = store.Summary(ctx, previous); err != nil {
				t.Fatal(err)
			}
		}
		got, err := answers.Results(ctx, question)
		if err != nil {
			t.Fatal(err)
		}
		withUnits := cmpopts.IgnoreSliceElements(func(row model.SummaryRow) bool { return row.Units == 0 })
		if diff := cmp.Diff(want, got, withUnits, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("of %+v (-reports +at once):\n%s", question, diff)
		}
	}
}

// compareAnswers asks that what is remembered for several windows be the answer of each.
func compareAnswers[Row any](ctx context.Context, t *rapid.T, question model.Question, asked, remembered func(context.Context, model.Question) ([]Row, error)) {
	want, err := asked(ctx, question)
	if err != nil {
		t.Fatal(err)
	}
	got, err := remembered(ctx, question)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%T of %+v (-asked +remembered):\n%s", want, question, diff)
	}
}
