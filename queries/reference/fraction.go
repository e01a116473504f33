package reference

import (
	"math/big"
)

// mean is a weighted mean under way; without weight it has no value.
type mean struct{ sum, weight *big.Rat }

func newMean() *mean { return &mean{new(big.Rat), new(big.Rat)} }

// add counts a value with a weight; no value does not count.
func (m *mean) add(value *big.Rat, weight int64) {
	if value == nil {
		return
	}
	share := new(big.Rat).SetInt64(weight)
	m.weight.Add(m.weight, share)
	m.sum.Add(m.sum, share.Mul(share, value))
}

func (m *mean) value() *big.Rat {
	if m.weight.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(m.sum, m.weight)
}

// ratio of two counts; a zero denominator is no value.
func ratio(part, whole int) *big.Rat {
	if whole == 0 {
		return nil
	}
	return big.NewRat(int64(part), int64(whole))
}

// rounded writes a value with some decimals, half away from zero; no value is empty.
func rounded(value *big.Rat, decimals int) string {
	if value == nil {
		return ""
	}
	return value.FloatString(decimals) // rounds half away from zero
}

// shown is the value that is shown, for comparisons of what is shown.
func shown(value *big.Rat, decimals int) *big.Rat {
	if value == nil {
		return nil
	}
	read, _ := new(big.Rat).SetString(rounded(value, decimals))
	return read
}
