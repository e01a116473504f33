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
	assessment := model.DefaultAssessment()
	assessment.RatingCaps.OverdueRectifications = model.RatingCap{From: model.Whole(3), Best: model.RatingCode{Code: "good"}}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{Assessment: assessment}); err != nil {
		t.Fatal(err)
	}
	got, err := registry.AssessmentInForce(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	if limit := got.RatingCaps.OverdueRectifications; limit.From.String() != "3" || limit.Best.Code != "good" || !got.RatingCaps.Backdated.IsZero() || !got.RatingCaps.FailingLinks.IsZero() {
		t.Errorf("caps: %+v", got.RatingCaps)
	}
	if got.Score.Coverage.String() != "8" || got.Score.Placement.String() != "3" || got.Ratings.Good.String() != "85" ||
		got.Deductions.Limit.String() != "20" || got.Verified.String() != "0.9" || got.MinAssessed != 1 || got.Sites.Publicity.String() != "1" {
		t.Errorf("got %+v", got)
	}
}
