package country

import "github.com/cespare/xxhash/v2"

// chance draws for one thing only (a unit's item in a period, say), so that more units, a longer window or another number of workers
// leave all other draws as they are. The zero value is a chance as well.
type chance uint64

// chanceOf is the chance of what these keys name.
func chanceOf(keys ...uint64) chance {
	var mixed uint64
	for _, key := range keys {
		mixed = mix(mixed ^ key)
	}
	return chance(mixed)
}

// keyOf makes a key of a text.
func keyOf(text string) uint64 { return xxhash.Sum64String(text) }

// mix is the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
func mix(z uint64) uint64 {
	z += 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (c *chance) next() uint64 {
	*c += 0x9E3779B97F4A7C15
	return mix(uint64(*c))
}

// branch is a chance of its own that follows from this one.
func (c *chance) branch(n int) chance { return chanceOf(uint64(*c), uint64(n)) }

func (c *chance) float() float64 { return float64(c.next()>>11) / (1 << 53) }

func (c *chance) happens(probability float64) bool { return c.float() < probability }

func (c *chance) below(n int) int { return int(c.next() % uint64(n)) }

func (c *chance) between(low, high int) int { return low + c.below(high-low+1) }

func (c *chance) within(first, last day) day {
	if last <= first {
		return first
	}
	return first + day(c.below(int(last-first)+1))
}

func oneOf[T any](c *chance, choices []T) T { return choices[c.below(len(choices))] }
