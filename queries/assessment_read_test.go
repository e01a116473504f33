package queries_test

import (
	"errors"
	"testing"

	"yangguang/queries"
	"yangguang/queries/querytest"
)

func TestAssessmentInForce(t *testing.T) {
	store := querytest.Store(t)
	if _, err := queries.AssessmentInForce(t.Context(), store.Store); !errors.Is(err, queries.ErrNoRegistry) {
		t.Fatalf("without a load: %v", err)
	}
	if _, _, err := queries.SaveLoad(t.Context(), store.Store, queries.Load{Assessment: queries.DefaultAssessment()}); err != nil {
		t.Fatal(err)
	}
	got, err := queries.AssessmentInForce(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	if got.Score.Coverage.String() != "8" || got.Score.Placement.String() != "3" || got.Ratings.Good.String() != "85" ||
		got.Deductions.Limit.String() != "20" || got.Verified.String() != "0.9" || got.MinAssessed != 1 || got.Sites.Publicity.String() != "1" {
		t.Errorf("got %+v", got)
	}
}
