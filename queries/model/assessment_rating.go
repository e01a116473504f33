package model

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// RatingCaps hold the rating of a unit down, whatever its score, by what is counted of it (SPEC §5); the lowest cap holds. None is set by default.
type RatingCaps struct {
	Backdated             RatingCap `yaml:"backdated,omitempty"`              // records of the window whose back-dating a person has confirmed
	OverdueRectifications RatingCap `yaml:"overdue_rectifications,omitempty"` // on the as-of day
	FailingLinks          RatingCap `yaml:"failing_links,omitempty"`          // on the as-of day, confirmed by a person
}

// RatingCap is the best rating that is left from so many on; zero: no cap.
type RatingCap struct {
	From Number     `yaml:"from"`
	Best RatingCode `yaml:"best"`
}

// RatingCode is a rating as a file writes it.
type RatingCode struct {
	Code string
	line int // in the file
}

// UnmarshalYAML reads a rating that a cap can leave.
func (r *RatingCode) UnmarshalYAML(node *yaml.Node) error {
	if !slices.Contains(CappedRatings(), node.Value) {
		return fmt.Errorf("line %d: %q is not one of %s", node.Line, node.Value, strings.Join(CappedRatings(), ", "))
	}
	r.Code, r.line = node.Value, node.Line
	return nil
}

// MarshalYAML writes the rating as a plain scalar.
func (r RatingCode) MarshalYAML() (any, error) { return r.Code, nil }

// IsZero: there is no cap.
func (c RatingCap) IsZero() bool { return c.From.IsZero() && c.Best.Code == "" }

// CappedRatings are the ratings that a cap can leave.
func CappedRatings() []string { return []string{"good", "pass", "fail"} }

// mostCounted is the largest number from which a cap can hold.
const mostCounted = 1_000_000

func (c RatingCap) wrong() error {
	if c.IsZero() {
		return nil
	}
	if from, err := c.From.scaled(mostCounted, 0); err != nil || from == 0 {
		return fmt.Errorf("from is %s; it must be a whole number from 1 to %d", c.From, mostCounted)
	}
	if c.Best.Code == "" {
		return errors.New("best is missing; write good, pass or fail")
	}
	return nil
}

func (c RatingCap) line() int { return max(c.From.line, c.Best.line) }

// holds reports whether a cap leaves something of a count.
func (c RatingCap) holds(count int64) bool { return !c.IsZero() && count >= c.From.IntPart() }

// NamedCap is a cap by its key in assessment.yaml.
type NamedCap struct {
	Name string
	RatingCap
}

// Named are the caps in the order of the columns of the table loads.
func (c RatingCaps) Named() []NamedCap {
	return []NamedCap{{"backdated", c.Backdated}, {"overdue_rectifications", c.OverdueRectifications}, {"failing_links", c.FailingLinks}}
}

// RatingOf is the rating of a score as shown (two decimals), without any cap.
func (a Assessment) RatingOf(score *big.Rat) string {
	shown, _ := new(big.Rat).SetString(score.FloatString(2))
	for _, band := range []struct {
		rating string
		from   Number
	}{{"excellent", a.Ratings.Excellent}, {"good", a.Ratings.Good}, {"pass", a.Ratings.Pass}} {
		if shown.Cmp(band.from.Rat()) >= 0 {
			return band.rating
		}
	}
	return "fail"
}

// Held is a cap that holds a unit's rating: what is counted, how many there are, and the best rating that is left.
type Held struct {
	By    string // essential_lapsed, backdated, overdue_rectifications, failing_links
	Count int64
	Best  string
}

// HeldBy are the caps that leave a unit less than a rating, in the order of SPEC §5.
func (a Assessment) HeldBy(unit RankingRow, rating string) (held []Held) {
	counts := map[string]int64{
		"backdated": unit.ConfirmedBackdated, "overdue_rectifications": unit.OverdueRectifications, "failing_links": unit.ConfirmedFailingLinks,
	}
	if essential := unit.EssentialLapsed + unit.EssentialCarried; essential > 0 {
		held = append(held, Held{"essential_lapsed", essential, "pass"})
	}
	for _, one := range a.RatingCaps.Named() {
		if count := counts[one.Name]; one.holds(count) {
			held = append(held, Held{one.Name, count, one.Best.Code})
		}
	}
	better := func(than string) int { return slices.Index(Codes("rating"), than) }
	return slices.DeleteFunc(held, func(h Held) bool { return better(h.Best) <= better(rating) })
}
