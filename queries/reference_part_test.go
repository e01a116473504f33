package queries_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/reference"
)

// drawPart asks for some part of a ranking.
func drawPart(t *rapid.T, ranking []reference.Row) model.RankingPart {
	part := model.RankingPart{
		Only:       rapid.SampledFrom(append([]string{"", "", ""}, model.RankingOnly()...)).Draw(t, "only"),
		Sort:       rapid.SampledFrom(append([]string{""}, model.RankingSorts()...)).Draw(t, "sort"),
		Descending: rapid.Bool().Draw(t, "descending"),
		Limit:      rapid.IntRange(1, 12).Draw(t, "limit"),
		Offset:     rapid.IntRange(0, 6).Draw(t, "offset"),
	}
	if len(ranking) > 0 && rapid.Bool().Draw(t, "searching") {
		row := rapid.SampledFrom(ranking).Draw(t, "sought")
		whole := []rune(row[rapid.SampledFrom([]string{"unit", "unit_id", "parent"}).Draw(t, "sought in")])
		if len(whole) > 0 {
			part.Search = strings.ToUpper(string(whole[rapid.IntRange(0, len(whole)-1).Draw(t, "from"):])) + " " + row["unit_id"]
		}
	}
	return part
}

// partOf takes a part from the whole ranking, and counts what it is taken from.
func partOf(ranking []reference.Row, conditions map[string]string, part model.RankingPart) (rows []reference.Row, found int) {
	folded := func(text string) string { return strings.ToLower(norm.NFKC.String(text)) }
	for _, row := range ranking {
		text := folded(row["unit"] + " " + row["parent"] + " " + row["unit_id"])
		sought := !slices.ContainsFunc(strings.Fields(folded(part.Search)), func(word string) bool { return !strings.Contains(text, word) })
		kind := map[string]bool{
			"lapsing": row["lapsed"] != "0" || row["carried_lapsed"] != "0", "unranked": row["rank"] == "", row["rating"]: row["rank"] != "",
			"procedure": row["procedure"] != "" && row["procedure"] != "1.0000", "placement": row["placement"] != "" && row["placement"] != "1.0000",
		}
		kind[conditions[row["unit_id"]]] = true
		if sought && (part.Only == "" || kind[part.Only]) {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b reference.Row) int {
		x, y := sortedBy(a, part.Sort), sortedBy(b, part.Sort)
		if x == nil || y == nil {
			return cmp.Compare(fmt.Sprint(x == nil), fmt.Sprint(y == nil))
		}
		order := x.Cmp(*y)
		if part.Sort == "unit" {
			order = strings.Compare(a["unit"], b["unit"])
		}
		if part.Descending {
			return -order
		}
		return order
	})
	found = len(rows)
	return rows[min(part.Offset, found):min(part.Offset+part.Limit, found)], found
}

// sortedBy is the number that a row is sorted by; nil: it has no value.
func sortedBy(row reference.Row, column string) *decimal.Decimal {
	number := func(text string) *decimal.Decimal {
		if text == "" {
			return nil
		}
		d := decimal.RequireFromString(text)
		return &d
	}
	switch column {
	case "", "unit":
		return &decimal.Zero
	case "rating":
		d := decimal.NewFromInt(int64(slices.Index([]string{"", "excellent", "good", "pass", "fail"}, row["rating"])))
		return &d
	case "moved":
		before, now := number(row["previous_rank"]), number(row["rank"])
		if before == nil || now == nil {
			return nil
		}
		d := before.Sub(*now)
		return &d
	}
	return number(row[column])
}

// comparePart asks a part of a ranking and its totals of a store, and compares them with the whole.
func comparePart(ctx context.Context, t *rapid.T, store *ask.Asker, question model.Question, part model.RankingPart, ranking []reference.Row, conditions map[string]string) {
	want, found := partOf(ranking, conditions, part)
	got, err := ask.Run(ctx, store, ask.RankingPart(part), question)
	if err != nil {
		t.Fatalf("%+v: %v", part, err)
	}
	var units, wanted []string
	for _, unit := range got {
		units = append(units, fmt.Sprint(unit.UnitID, writtenPointer(unit.Rank), writtenPointer(unit.PreviousRank)))
		if unit.Found != int64(found) {
			t.Fatalf("%+v of %+v: found %d, want %d", part, question, unit.Found, found)
		}
	}
	for _, row := range want {
		wanted = append(wanted, fmt.Sprint(row["unit_id"], row["rank"], row["previous_rank"]))
	}
	if !slices.Equal(units, wanted) {
		t.Fatalf("%+v of %+v:\nwant %v\ngot  %v", part, question, wanted, units)
	}
	totals, err := ask.Run(ctx, store, ask.RankingTotals, question)
	if err != nil {
		t.Fatal(err)
	}
	sums := model.RankingTotals{Units: uint64(len(ranking)), Ratings: map[string]uint64{}}
	for _, row := range ranking {
		if row["rank"] != "" {
			sums.Ranked++
			sums.Ratings[row["rating"]]++
		}
		if row["lapsed"] != "0" || row["carried_lapsed"] != "0" {
			sums.Lapsing++
		}
		sums.OpenRectifications += wholeNumber(t, row["open_rectifications"])
		sums.OverdueRectifications += wholeNumber(t, row["overdue_rectifications"])
		sums.YellowCards += wholeNumber(t, row["yellow_cards"])
		if row["overdue_rectifications"] != "0" {
			sums.OverdueUnits++
		}
		for _, count := range []string{"assessed", "unverified", "pending", "exempt", "undated", "lapsed", "carried_lapsed"} {
			if row[count] != "0" {
				sums.Owing++
				break
			}
		}
	}
	if fmt.Sprint(sums) != fmt.Sprint(totals) {
		t.Fatalf("totals: want %v, got %v", sums, totals)
	}
}

func wholeNumber(t *rapid.T, text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func writtenPointer(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}
