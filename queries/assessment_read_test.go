package queries_test

import (
	"errors"
	"testing"

	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

func TestAssessmentInForce(t *testing.T) {
	store := querytest.Store(t)
	if _, err := registry.AssessmentInForce(t.Context(), store.Store); !errors.Is(err, model.ErrNoRegistry) {
		t.Fatalf("without a load: %v", err)
	}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{Assessment: model.DefaultAssessment()}); err != nil {
		t.Fatal(err)
	}
	got, err := registry.AssessmentInForce(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	if got.Score.Coverage.String() != "8" || got.Score.Placement.String() != "3" || got.Ratings.Good.String() != "85" ||
		got.Deductions.Limit.String() != "20" || got.Verified.String() != "0.9" || got.MinAssessed != 1 || got.Sites.Publicity.String() != "1" {
		t.Errorf("got %+v", got)
	}
}
