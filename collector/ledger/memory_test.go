package ledger_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"yangguang/collector/ledger"
)

// memory looks at the live heap every so many rows.
type memory struct {
	rows, next int
	greatest   uint64
}

func (*memory) Total(int64) {}

func (m *memory) Advance(_ int64, rows int) {
	if m.rows += rows; m.rows >= m.next {
		m.next += 20_000
		m.greatest = max(m.greatest, live())
	}
}

func live() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestMemoryDoesNotGrowWithTheLedger(t *testing.T) {
	const rows, limit = 100_000, 24 << 20
	p := newPlace(t)
	line := ledgerOf("R%d V3 - G1 " + strings.Repeat("公开情况", 20) + "%d 2026Q1 2026-04-01")[len(header):]
	var text strings.Builder
	text.WriteString(header)
	for i := range rows {
		fmt.Fprintf(&text, line, i, i)
	}
	p.write("a.csv", text.String())
	if text.Len() < limit {
		t.Fatalf("a ledger of %d bytes says nothing about memory", text.Len())
	}
	text.Reset()
	before := live()
	var seen memory
	if _, err := p.collector().Collect(t.Context(), p.source(ledger.Config{}), &seen); err != nil {
		t.Fatal(err)
	}
	if seen.greatest > before+limit {
		t.Errorf("%d bytes were live while collecting, %d before; the limit is %d more", seen.greatest, before, limit)
	}
	t.Logf("%d bytes were live while collecting, %d before", seen.greatest, before)
}
