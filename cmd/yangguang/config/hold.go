package config

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/queries/whatif"
)

// Hold is registry.hold: beyond which changes a registry waits until somebody accepts it.
type Hold struct {
	Lapses    HoldLimit `yaml:"lapses"`     // new ones: a number, or a share of the assessed obligations
	UnitsGone HoldLimit `yaml:"units_gone"` // a number, or a share of the units
}

// Wanted reports whether any limit is set.
func (h Hold) Wanted() bool { return h.Lapses != "" || h.UnitsGone != "" }

// check refuses limits that are none.
func (h Hold) check(wrong func(format string, values ...any)) {
	for _, limit := range []struct {
		key   string
		value HoldLimit
	}{{"lapses", h.Lapses}, {"units_gone", h.UnitsGone}} {
		if _, _, ok := limit.value.parsed(); limit.value != "" && !ok {
			wrong("registry.hold.%s: %q is no limit; expected a number such as 50, or a share such as 5%%", limit.key, string(limit.value))
		}
	}
}

// Exceeded reports whether a comparison goes beyond a limit.
func (h Hold) Exceeded(result whatif.Result) bool {
	var assessed, units int64
	for _, group := range result.Groups { // the last has all others in it
		assessed, units = group.Before.Assessed, group.Before.Units
	}
	return h.Lapses.exceeded(result.Tally.Kinds[whatif.NewLapse].Obligations, assessed) || h.UnitsGone.exceeded(result.Tally.Vanishing, units)
}

// HoldLimit is a whole number, or a share written with a percent sign; empty: none.
type HoldLimit string

func (l HoldLimit) parsed() (limit decimal.Decimal, share, ok bool) {
	text, share := strings.CutSuffix(string(l), "%")
	limit, err := decimal.NewFromString(strings.TrimSpace(text))
	return limit, share, err == nil && !limit.IsNegative() && (share || limit.IsInteger())
}

// exceeded reports whether a count is beyond the limit, which a share is of all.
func (l HoldLimit) exceeded(count int, all int64) bool {
	limit, share, ok := l.parsed()
	if share {
		limit = limit.Mul(decimal.NewFromInt(all)).Shift(-2)
	}
	return ok && decimal.NewFromInt(int64(count)).GreaterThan(limit)
}

// LimitText is a limit as lines say it.
func LimitText(limit HoldLimit) string {
	if limit == "" {
		return "—"
	}
	return strconv.Quote(string(limit))
}
