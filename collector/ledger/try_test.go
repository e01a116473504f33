package ledger_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
)

// trialOf tries the folder's ledgers without a database; it stops after most rows, 0 for none.
func trialOf(t *testing.T, folder string, most int) ([]string, collector.Summary, error) {
	t.Helper()
	source, err := ledger.New(ledger.Config{Name: "ledgers", Path: "*.csv"}, folder)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	summary, err := collector.Try(t.Context(), collector.Options{
		Resolver: record.NewResolver(district()), Clock: func() time.Time { return time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC) },
	}, source, func(row collector.Tried) error {
		if row.Record == nil {
			rows = append(rows, row.Place+" dropped "+row.Fields.RecordID+" "+row.Reason)
		} else {
			rows = append(rows, row.Place+" "+row.Record.RecordID+" "+row.Record.UnitID)
		}
		if !strings.Contains(row.Content, `"title":`) {
			t.Errorf("%s: content %q does not tell the title", row.Place, row.Content)
		}
		if len(rows) == most {
			return collector.ErrEnough
		}
		return nil
	})
	return rows, summary, err
}

func TestTry(t *testing.T) {
	p := &place{t: t, folder: t.TempDir()}
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "R2 V3 - G1 二 2026Q9 2026-04-01"))
	p.write("b.csv", ledgerOf("R3 V3 - G1 三 2026Q1 2026-04-01"))
	rows, summary, err := trialOf(t, p.folder, 0)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "number of rows", len(rows), 3)
	expect(t, "first row", rows[0], "a.csv:2 R1 V3")
	if !strings.HasPrefix(rows[1], `a.csv:3 dropped R2 period: "2026Q9"`) {
		t.Errorf("dropped row: %s", rows[1])
	}
	expect(t, "last row", rows[2], "b.csv:2 R3 V3")
	expect(t, "counts", [3]uint64{summary.Read, summary.New, summary.Rejected}, [3]uint64{3, 2, 1})
	rows, summary, err = trialOf(t, p.folder, 1)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows when one is enough", rows, []string{"a.csv:2 R1 V3"})
	expect(t, "read when one is enough", summary.Read, uint64(1))
}

func TestTryTellsIdsThatComeAgain(t *testing.T) {
	p := &place{t: t, folder: t.TempDir()}
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "R1 V3 - G1 一（更正） 2026Q1 2026-04-02"))
	p.write("b.csv", ledgerOf("R1 T1 - G1 二 2026Q1 2026-04-01", "- V3 - G1 三 2026Q1 2026-04-01", "R1 V3 - G1 一 2026Q2 2026-07-01"))
	rows, _, err := trialOf(t, p.folder, 0)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range []string{
		"a.csv:2 R1 V3", "a.csv:3 R1 V3", `b.csv:2 dropped R1 record_id: "R1" is the id of another disclosure (unit V3, item G1, 2026-01-01/2026-03-31), first at a.csv:2;`, "b.csv:3 auto-",
		"b.csv:4 dropped R1 record_id:",
	} {
		if at >= len(rows) || !strings.HasPrefix(rows[at], want) {
			t.Errorf("row %d: want %s in %q", at, want, rows)
		}
	}
}

func TestTryUnreadableFile(t *testing.T) {
	p := &place{t: t, folder: t.TempDir()}
	p.write("a.csv", "no,header\n")
	p.write("b.csv", ledgerOf("R3 V3 - G1 三 2026Q1 2026-04-01"))
	rows, summary, err := trialOf(t, p.folder, 0)
	expect(t, "rows of the good file", rows, []string{"b.csv:2 R3 V3"})
	if err == nil || errors.Is(err, collector.ErrEnough) || !strings.Contains(summary.Error, "a.csv") {
		t.Errorf("error %v, summary %q", err, summary.Error)
	}
}
