package district

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"
)

// seed changes the whole sample; a release keeps it.
const seed = 411103

// chance draws for one thing only, so that a later last day or one more unit leaves all other draws as they are.
type chance struct{ *rand.Rand }

func chanceOf(key ...string) chance {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(key, "\x00"))) // a hash never fails
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

func (c chance) happens(probability float64) bool { return c.Float64() < probability }

func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

func (c chance) within(first, last time.Time) time.Time {
	if !last.After(first) {
		return first
	}
	return first.AddDate(0, 0, c.IntN(int(last.Sub(first).Hours()/24)+1))
}

func oneOf[T any](c chance, choices ...T) T { return choices[c.IntN(len(choices))] }
