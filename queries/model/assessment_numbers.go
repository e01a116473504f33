package model

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v3"
)

// Number is an exact decimal of assessment.yaml.
type Number struct {
	decimal.Decimal
	line int // in the file; 0 for a default
}

func Whole(n int64) Number      { return Number{Decimal: decimal.New(n, 0)} }
func Hundredths(n int64) Number { return Number{Decimal: decimal.New(n, -2)} }

// UnmarshalYAML reads a number as it is written, without going through a float.
func (n *Number) UnmarshalYAML(node *yaml.Node) error {
	number, err := decimal.NewFromString(node.Value)
	if node.Kind != yaml.ScalarNode || err != nil || number.Exponent() < -9 || number.Exponent() > 9 || number.NumDigits() > 18 {
		return fmt.Errorf("line %d: %q is not a number of at most nine decimals", node.Line, node.Value)
	}
	n.Decimal, n.line = number, node.Line
	return nil
}

// MarshalYAML writes the number as a plain scalar.
func (n Number) MarshalYAML() (any, error) {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: n.String()}, nil
}

// scaled is the number times ten to the places; it must be from 0 to most and have no further decimals.
func (n Number) scaled(most int64, places int32) (uint32, error) {
	scaled := n.Shift(places)
	if n.IsNegative() || n.GreaterThan(decimal.NewFromInt(most)) || !scaled.IsInteger() {
		return 0, fmt.Errorf("%s is not a number from 0 to %d with at most %d decimals", n, most, places)
	}
	return uint32(scaled.IntPart()), nil
}

// greatestWeight keeps sums of weighted counts within the integers that the queries compute with.
const greatestWeight = 1_000_000

// inRatio turns weights into the smallest whole numbers in their ratio: 0.40, 0.30, 0.15, 0.15 into 8, 6, 3, 3.
func inRatio(weights []Number) ([]uint32, error) {
	multiple, divisor := big.NewInt(1), new(big.Int)
	for _, weight := range weights {
		if weight.IsNegative() {
			return nil, fmt.Errorf("a weight must not be below 0, but one is %s", weight)
		}
		denominator := weight.Rat().Denom()
		shared := new(big.Int).GCD(nil, nil, multiple, denominator)
		multiple.Mul(multiple, denominator).Quo(multiple, shared)
	}
	wholes := make([]*big.Int, len(weights))
	for i, weight := range weights {
		rat := weight.Rat()
		wholes[i] = new(big.Int).Mul(rat.Num(), multiple)
		wholes[i].Quo(wholes[i], rat.Denom())
		divisor.GCD(nil, nil, divisor, wholes[i])
	}
	if divisor.Sign() == 0 {
		return nil, errors.New("at least one of the weights must be above 0")
	}
	ratio := make([]uint32, len(weights))
	for i, number := range wholes {
		number.Quo(number, divisor)
		if !number.IsInt64() || number.Int64() > greatestWeight {
			return nil, fmt.Errorf("the ratio of the weights needs whole numbers above %d; use fewer decimals", greatestWeight)
		}
		ratio[i] = uint32(number.Int64())
	}
	return ratio, nil
}

type weightGroup struct {
	name    string
	numbers []Number
}

// weights are the three groups of weights, each in the order of the columns of the table loads.
func (a Assessment) weights() [3]weightGroup {
	return [3]weightGroup{
		{"score", []Number{a.Score.Coverage, a.Score.Timeliness, a.Score.Procedure, a.Score.Placement}},
		{"classes", []Number{a.Classes.Essential, a.Classes.Obligatory, a.Classes.Recommended}},
		{"sites", []Number{a.Sites.Venue, a.Sites.Organisation, a.Sites.Operation, a.Sites.Disclosure, a.Sites.Publicity}},
	}
}

// Settings are the assessment's columns of the table loads: weights as whole numbers in their ratio, points in
// hundredths, the verified share in ten-thousandths.
type Settings struct {
	Measures, Classes, Sites                                                                 []uint32
	YellowCard, Overdue, Limit, ExcellentFrom, GoodFrom, PassFrom, VerifiedFrom, MinAssessed uint32
	CapsFrom                                                                                 []uint32 // 0: there is no such cap
	CapsBest                                                                                 []string
}

func (a Assessment) Settings() (Settings, error) {
	if err := a.Validate(); err != nil {
		return Settings{}, err
	}
	s := Settings{MinAssessed: a.MinAssessed}
	for i, weights := range []*[]uint32{&s.Measures, &s.Classes, &s.Sites} {
		ratio, err := inRatio(a.weights()[i].numbers)
		if err != nil {
			return Settings{}, err
		}
		*weights = ratio
	}
	points := func(n Number) uint32 { return uint32(n.Shift(2).IntPart()) }
	s.YellowCard, s.Overdue, s.Limit = points(a.Deductions.YellowCard), points(a.Deductions.OverdueRectification), points(a.Deductions.Limit)
	s.ExcellentFrom, s.GoodFrom, s.PassFrom = points(a.Ratings.Excellent), points(a.Ratings.Good), points(a.Ratings.Pass)
	for _, one := range a.RatingCaps.Named() {
		s.CapsFrom, s.CapsBest = append(s.CapsFrom, uint32(one.From.IntPart())), append(s.CapsBest, one.Best.Code)
	}
	s.VerifiedFrom = uint32(a.Verified.Shift(4).IntPart())
	return s, nil
}
