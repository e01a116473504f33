package queries_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
)

// Random districts have the same reports as the reference that computes SPEC §4 and §5 word by word, asked directly and of a snapshot.
// -rapid.checks tries more of them.
func TestReportsAgreeWithReference(t *testing.T) {
	checks(t, 3)
	store := querytest.Store(t)
	kept := ask.New(store.Above(0))
	rapid.Check(t, func(rt *rapid.T) {
		district := drawDistrict(rt)
		saveDistrict(t.Context(), rt, kept, district)
		for _, keep := range []bool{true, false} {
			question := drawQuestion(rt, district)
			if keep {
				if err := kept.StoreSnapshot(t.Context(), question, nil); err != nil {
					rt.Fatal(err)
				}
			}
			ranking := district.Ranking(question)
			for _, report := range []struct {
				name string
				want []reference.Row
			}{
				{"obligations", district.Obligations(question)},
				{"ranking", ranking},
				{"lapsed", district.Lapsed(question)},
				{"items", district.Items(question)},
				{"summary", district.Summary(question)},
				{"sites", district.Sites(question)},
			} {
				got := streamRows(t.Context(), rt, store, report.name, question)
				compareRows(rt, report.name, question, report.want, got)
				if keep {
					got = streamRows(t.Context(), rt, kept, report.name, question)
					compareRows(rt, "kept "+report.name, question, report.want, got)
				}
			}
			compareResults(t.Context(), rt, store, question)
			if keep {
				compareResults(t.Context(), rt, kept, question)
			}
			part, conditions := drawPart(rt, ranking), district.Conditions(question)
			comparePart(t.Context(), rt, store, question, part, ranking, conditions)
			if keep {
				comparePart(t.Context(), rt, kept, question, part, ranking, conditions)
			}
		}
	})
}

// streamRows writes the rows of a report as the reference does.
func streamRows(ctx context.Context, t rapid.TB, store *ask.Asker, name string, question model.Question) []reference.Row {
	report, _ := model.ReportNamed(name)
	rows := []reference.Row{}
	err := store.Stream(ctx, report, question, func(values []any) error {
		row := reference.Row{}
		for i, column := range report.Columns {
			row[column.Key] = writtenCell(values[i], column.Kind)
		}
		if name == "items" && row["assessed"] == "0" {
			return nil // SPEC does not say which items without assessed obligations are listed
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

func writtenCell(value any, kind model.Kind) string {
	switch value := value.(type) {
	case nil:
		return ""
	case time.Time:
		return value.Format(time.DateOnly)
	case decimal.Decimal:
		if kind == model.Ratio {
			return value.StringFixed(4)
		}
		return value.StringFixed(2)
	}
	return fmt.Sprint(value)
}

// compareRows compares cell by cell. Where SPEC leaves the order of two rows open it is by all of their cells.
func compareRows(t rapid.TB, name string, question model.Question, want, got []reference.Row) {
	for _, rows := range [][]reference.Row{want, got} {
		slices.SortStableFunc(rows, func(a, b reference.Row) int { return cmp.Compare(orderOf(name, a), orderOf(name, b)) })
	}
	asked := fmt.Sprintf("%s from %s to %s as of %s group %s within %q unit %q scope %s programme %q focus %q", name, question.From.Format(time.DateOnly),
		question.To.Format(time.DateOnly), question.AsOf.Format(time.DateOnly), question.Group, question.Within, question.Unit, question.Scope,
		question.Programme, question.Focus)
	if len(want) != len(got) {
		t.Fatalf("%s:\nwant %d rows %v\ngot %d rows %v", asked, len(want), want, len(got), got)
	}
	for i := range want {
		if maps.Equal(want[i], got[i]) {
			continue
		}
		var differences []string
		for _, key := range slices.Sorted(maps.Keys(got[i])) {
			if want[i][key] != got[i][key] {
				differences = append(differences, fmt.Sprintf("%s: want %q, got %q", key, want[i][key], got[i][key]))
			}
		}
		t.Fatalf("%s: row %d: %s\nwant %v\ngot %v", asked, i, strings.Join(differences, "; "), want[i], got[i])
	}
}

// orderOf is "" for the reports whose order is part of the comparison.
func orderOf(name string, row reference.Row) string {
	switch name = strings.TrimPrefix(name, "kept "); name {
	case "ranking", "summary", "sites":
		return ""
	case "items":
		return row["item_id"]
	}
	undated := "dated"
	if row["due_on"] == "" {
		undated = "undated"
	}
	return strings.Join([]string{row["unit_id"], row["item_id"], undated, row["due_on"], row["state"], row["published_on"], row["record_id"], fmt.Sprint(row)}, "\x00")
}
