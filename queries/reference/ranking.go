package reference

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"yangguang/queries/model"
)

// Row is one row of a report: its columns by key, written as in an export; no value is empty.
type Row map[string]string

// Ranking is the report ranking (SPEC §5, §7).
func (d District) Ranking(q model.Question) []Row {
	results, ranks := d.ranked(q)
	before, previousRanks := map[string]Result{}, map[string]string{}
	if earlier := previousQuestion(q); !earlier.From.Before(d.beginning()) {
		var previous []Result
		previous, previousRanks = d.ranked(earlier)
		for _, result := range previous {
			before[result.Unit.ID] = result
		}
	}
	rows := []Row{}
	for _, result := range results {
		if q.Unit != "" && result.Unit.ID != q.Unit {
			continue // ranked among all of the group all the same
		}
		row := d.rankingRow(result)
		row["rank"] = ranks[result.Unit.ID]
		row["previous_rank"] = previousRanks[result.Unit.ID]
		row["previous_score"] = rounded(before[result.Unit.ID].Score, 2)
		rows = append(rows, row)
	}
	return rows
}

// Conditions are what each unit of the ranking has come to (model.Conditions), by unit_id.
func (d District) Conditions(q model.Question) map[string]string {
	conditions := map[string]string{}
	results, _ := d.ranked(q)
	for _, r := range results {
		condition := "clear"
		switch lapsed, essential := r.Counts.Lapsed+r.Counts.CarriedLapsed, r.Counts.EssentialLapsed+r.Counts.essentialCarried; {
		case essential > 0:
			condition = "essential"
		case lapsed > 0:
			condition = "others_lapsed"
		case r.Counts.Unverified > 0:
			condition = "unverified"
		case r.Counts.Assessed == 0:
			condition = "idle"
		}
		conditions[r.Unit.ID] = condition
	}
	return conditions
}

// ranked lists the results of the group's units within the subtree asked, the ranked ones first by rank, and their ranks.
func (d District) ranked(q model.Question) ([]Result, map[string]string) {
	var ranked, unranked []Result
	for _, result := range d.results(q) {
		if (q.Group != "all" && groupOf(result.Unit.Tier) != q.Group) || (q.Within != "" && !d.inSubtree(result.Unit, q.Within)) {
			continue
		}
		if result.rankable() {
			ranked = append(ranked, result)
		} else {
			unranked = append(unranked, result)
		}
	}
	byID := func(a, b Result) int { return cmp.Compare(a.Unit.ID, b.Unit.ID) }
	slices.SortFunc(unranked, byID)
	slices.SortFunc(ranked, func(a, b Result) int { return cmp.Or(better(a, b), byID(a, b)) })
	ranks := map[string]string{}
	for i, result := range ranked {
		ranks[result.Unit.ID] = strconv.Itoa(i + 1)
		if i > 0 && better(ranked[i-1], result) == 0 {
			ranks[result.Unit.ID] = ranks[ranked[i-1].Unit.ID]
		}
	}
	return append(ranked, unranked...), ranks
}

// rankable: a score, verified as shown at least 0.90 and assessed at least min_assessed, 1.
func (r Result) rankable() bool {
	verified := shown(r.Measures["verified"], 4)
	return r.Score != nil && verified != nil && verified.Cmp(big.NewRat(90, 100)) >= 0 && r.Counts.Assessed >= 1
}

// better orders by score, coverage and timeliness, descending, compared as shown.
func better(a, b Result) int {
	return cmp.Or(
		shown(b.Score, 2).Cmp(shown(a.Score, 2)),
		shown(b.Measures["coverage"], 4).Cmp(shown(a.Measures["coverage"], 4)),
		shown(b.Measures["timeliness"], 4).Cmp(shown(a.Measures["timeliness"], 4)),
	)
}

// rating is by the score as shown; with any essential item lapsed, in the window or carried, at best pass; the other caps alike. A subtree's goes by its
// mean alone.
func (r Result) rating() string {
	if r.Score == nil {
		return ""
	}
	value := shown(r.Score, 2)
	rating := "fail"
	switch from := func(points int64) bool { return value.Cmp(big.NewRat(points, 1)) >= 0 }; {
	case from(95):
		rating = "excellent"
	case from(85):
		rating = "good"
	case from(60):
		rating = "pass"
	}
	if r.subtree {
		return rating
	}
	from := func(limit model.RatingCap) int { return int(limit.From.IntPart()) }
	for _, limit := range []struct {
		counted, from int
		best          string
	}{
		{r.Counts.EssentialLapsed + r.Counts.essentialCarried, 1, "pass"},
		{r.Counts.confirmedBackdated, from(r.caps.Backdated), r.caps.Backdated.Best.Code},
		{r.Counts.OverdueRectifications, from(r.caps.OverdueRectifications), r.caps.OverdueRectifications.Best.Code},
		{r.Counts.confirmedFailingLinks, from(r.caps.FailingLinks), r.caps.FailingLinks.Best.Code},
	} {
		worse := []string{"fail", "pass", "good", "excellent"}
		if limit.from > 0 && limit.counted >= limit.from && slices.Index(worse, limit.best) < slices.Index(worse, rating) {
			rating = limit.best
		}
	}
	return rating
}

func (d District) rankingRow(r Result) Row {
	parent, _ := d.unit(r.Unit.ParentID)
	row := Row{
		"unit_id": r.Unit.ID, "unit": r.Unit.Name, "tier": r.Unit.Tier, "parent": parent.Name,
		"score": rounded(r.Score, 2), "rating": r.rating(), "deductions": rounded(r.Deductions, 2),
		"mean_delay_days": rounded(ratio(r.Counts.delays, r.Counts.delayed), 2), "oldest_lapse_days": "",
	}
	if r.Counts.Oldest != nil {
		row["oldest_lapse_days"] = strconv.Itoa(*r.Counts.Oldest)
	}
	for name, value := range r.Measures {
		row[name] = rounded(value, 4)
	}
	for name, count := range map[string]int{
		"assessed": r.Counts.Assessed, "on_time": r.Counts.OnTime, "late": r.Counts.Late, "lapsed": r.Counts.Lapsed,
		"carried_lapsed": r.Counts.CarriedLapsed, "essential_lapsed": r.Counts.EssentialLapsed, "pending": r.Counts.Pending,
		"unverified": r.Counts.Unverified, "exempt": r.Counts.Exempt, "undated": r.Counts.Undated, "backdated": r.Counts.Backdated,
		"overexposed": r.Counts.Overexposed, "yellow_cards": r.Counts.YellowCards, "open_rectifications": r.Counts.OpenRectifications,
		"overdue_rectifications": r.Counts.OverdueRectifications, "institutions": r.Counts.Institutions, "stars": int(r.Unit.Stars),
	} {
		row[name] = strconv.Itoa(count)
	}
	return row
}
