package application

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// collectingMemory is what a collecting process may have in memory before garbage is looked for more often than usually; half as much again as what it
// holds anyway, the registry of a nation, where that is more.
const collectingMemory = 230 << 20

// BoundMemory keeps to collectingMemory until the function it returns is called. A limit that the environment sets (GOMEMLIMIT) stays.
func BoundMemory() (unbound func()) {
	before := debug.SetMemoryLimit(-1)
	if before != math.MaxInt64 {
		return func() {}
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	held := int64(live[0].Value.Uint64())
	debug.SetMemoryLimit(max(collectingMemory, held+held/2))
	return func() { debug.SetMemoryLimit(before) }
}
