package queries_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// TestFactsOfOneVersion says that what is stored of very many units goes on answering when facts of other days are stored beside it, and that facts of
// different states of the data never answer together.
func TestFactsOfOneVersion(t *testing.T) {
	n := newNation(t)
	n.kept = ask.New(n.kept.Above(17)) // of 18 units facts are stored, and what a window adds up to in the answer
	n.collect("north", "000", "001", "010")
	ranking := func(question model.Question) {
		t.Helper()
		if diff := cmp.Diff(n.rows(n.direct, "ranking", question), n.rows(n.kept, "ranking", question)); diff != "" {
			t.Errorf("%+v (-direct +kept):\n%s", question, diff)
		}
		if diff := cmp.Diff(n.moved(n.direct, question), n.moved(n.kept, question)); diff != "" {
			t.Errorf("ranks in groups, %+v (-direct +kept):\n%s", question, diff)
		}
	}
	store := func(question model.Question) {
		t.Helper()
		time.Sleep(5 * time.Millisecond) // instants are stored to the millisecond
		if err := n.kept.StoreSnapshot(t.Context(), question, nil); err != nil {
			t.Fatal(err)
		}
	}
	party, quarter := n.question(), n.question()
	party.Programme = "party"
	quarter.From = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	store(n.question())
	ranking(party)
	store(quarter) // today's facts once more, of another instant than those of the year before
	ranking(party)
	ranking(n.question())

	n.collect("south", "100")
	store(quarter) // today's facts have changed; those of the year before are as they were
	before := n.rows(n.kept, "ranking", party)
	if diff := cmp.Diff(before, n.rows(n.direct, "ranking", party)); diff == "" {
		t.Error("the collection changes nothing: nothing is shown by this test")
	}
	var missing *facts.NotStoredError
	report, _ := model.ReportNamed("ranking")
	half := n.question()
	half.From = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) // before it: as of February
	if err := n.kept.Stream(t.Context(), report, half, func([]any) error { return nil }); !errors.As(err, &missing) {
		t.Errorf("of a day whose facts are not stored: %v", err)
	}
	store(n.question())
	ranking(party)
}

// moved are all units with their ranks in their own groups.
func (n *nation) moved(store *ask.Asker, question model.Question) map[string][2]*int64 {
	n.t.Helper()
	ranks := map[string][2]*int64{}
	units, err := ask.Run(n.t.Context(), store, ask.RankingPart(model.RankingPart{Sort: "moved", InGroups: true, Limit: 100}), question)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, unit := range units {
		ranks[unit.UnitID] = [2]*int64{unit.Rank, unit.PreviousRank}
	}
	return ranks
}
