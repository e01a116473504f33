package score

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/model"
)

// Scores taken apart, against numbers worked out by hand.
func TestScoreOf(t *testing.T) {
	yes, no := int64(1), int64(0)
	o := func(item, class, state string, procedure, placement *int64) model.ObligationRow {
		return model.ObligationRow{ItemID: item, Item: item, Class: class, State: state, Procedure: procedure, Placement: placement}
	}
	for name, test := range map[string]struct {
		obligations          []model.ObligationRow
		yellowCards, overdue int64
		want                 string
	}{
		"nothing": {nil, 0, 0, "score - best -"},
		"one in order": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes)},
			0, 0,
			"score 100.00 best 100.00 | A 0.00",
		},
		// coverage 1/2, timeliness 1/2, procedure 1, placement 1: 20 + 15 + 30
		"one of two lapsed": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes), o("A", "essential", "lapsed", nil, nil)},
			0, 0,
			"score 65.00 best 85.00 | A 35.00 | lapsed A 1 +20.00",
		},
		// A weighs 3, B 2: coverage and timeliness 3/5; B once out is late, and its procedure and placement are as good as A's
		"an item lapsed and a notice overdue": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes), o("B", "obligatory", "lapsed", nil, nil)},
			1, 1,
			"score 65.00 best 83.00 | B 28.00 A 0.00 | lapsed B 1 +16.00 | rectification  1 +2.00",
		},
		// without steps the weights are 40, 30 and 15 of 85
		"no steps, wrong place": {
			[]model.ObligationRow{o("A", "essential", "on_time", nil, &no), o("B", "essential", "pending", nil, nil)},
			0, 0,
			"score 82.35 best 100.00 | A 17.65 | placement A 1 +17.65 | pending B 1 +8.82",
		},
		"steps out of order": {
			[]model.ObligationRow{o("A", "essential", "late", &no, &yes)},
			0, 0,
			"score 55.00 best 70.00 | A 45.00 | procedure A 1 +15.00",
		},
		// whoever looks may find it published in time
		"not verified": {
			[]model.ObligationRow{o("A", "essential", "lapsed", nil, nil), o("A", "essential", "unverified", nil, nil)},
			0, 0,
			"score 0.00 best 85.00 | A 100.00 | lapsed A 1 +70.00 | unverified A 1 +65.00",
		},
		"deductions have a limit": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes)},
			3, 4,
			"score 80.00 best 85.00 | A 0.00 | rectification  4 +5.00",
		},
		"never below nothing": {
			[]model.ObligationRow{o("A", "essential", "lapsed", nil, nil)},
			1, 0,
			"score 0.00 best 65.00 | A 100.00 | lapsed A 1 +65.00",
		},
		// timeliness 1/2: the undated one of a source with steps may be late; coverage, procedure and placement are whole
		"undated, of a source with steps": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes), undatedWithSteps("A", "essential")},
			0, 0,
			"score 85.00 best 85.00 | A 15.00",
		},
		// B has only its timeliness, and none of it: 40 + 30 × 3/5 + 30
		"an item with nothing but an undated one": {
			[]model.ObligationRow{o("A", "essential", "on_time", &yes, &yes), undatedWithSteps("B", "obligatory")},
			0, 0,
			"score 88.00 best 88.00 | B 12.00 A 0.00",
		},
		"nothing but undated ones of sources with steps": {
			[]model.ObligationRow{undatedWithSteps("A", "essential")},
			0, 0,
			"score - best -",
		},
		// procedure and placement leave it out: 40 and 30 of 70
		"on time although exempt": {
			[]model.ObligationRow{o("A", "essential", "on_time", nil, nil), o("A", "essential", "lapsed", nil, nil)},
			0, 0,
			"score 50.00 best 85.00 | A 50.00 | lapsed A 1 +35.00",
		},
		"exempt and undated ones do not count": {
			[]model.ObligationRow{o("A", "essential", "exempt", nil, nil), o("A", "essential", "undated", nil, nil)},
			0, 0,
			"score - best -",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, told(Of(model.DefaultAssessment(), test.obligations, test.yellowCards, test.overdue))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func undatedWithSteps(item, class string) model.ObligationRow {
	yes := int64(1)
	return model.ObligationRow{ItemID: item, Item: item, Class: class, State: "undated", UndatedWithSteps: &yes}
}

func told(s UnitScore) string {
	parts := []string{"score - best -"}
	if s.Score != nil {
		parts[0] = fmt.Sprintf("score %s best %s", s.Score.FloatString(2), s.Best.FloatString(2))
	}
	var items []string
	for _, item := range s.Items {
		items = append(items, item.Item+" "+item.TotalLost().FloatString(2))
	}
	if len(items) > 0 {
		parts = append(parts, strings.Join(items, " "))
	}
	for _, c := range s.Chances {
		parts = append(parts, fmt.Sprintf("%s %s %d +%s", c.Kind, c.Item, c.Count, c.Gain.FloatString(2)))
	}
	return strings.Join(parts, " | ")
}
