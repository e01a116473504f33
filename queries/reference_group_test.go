package queries_test

import (
	"context"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yangguang/queries"
)

// compareGroupRanks asks that a unit's rank in its group be the same whether all groups are ranked or its own.
func compareGroupRanks(ctx context.Context, t *rapid.T, store *queries.Store, question queries.Question) {
	ranking := func(group string) []queries.RankingRow {
		question.Group = group
		rows, err := store.Ranking(ctx, question)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	type ranks struct{ Now, Before *int64 }
	among, alone := map[string]ranks{}, map[string]ranks{}
	for _, unit := range ranking("all") {
		among[unit.UnitID] = ranks{unit.GroupRank, unit.PreviousGroupRank}
	}
	for _, group := range queries.Codes("group") {
		if group == "all" {
			continue
		}
		for _, unit := range ranking(group) {
			alone[unit.UnitID] = ranks{unit.Rank, unit.PreviousRank}
		}
	}
	if diff := cmp.Diff(alone, among); diff != "" {
		t.Fatalf("ranks in their groups, of %+v (-alone +among all):\n%s", question, diff)
	}
}
