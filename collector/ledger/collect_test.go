package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/ledger"
)

func expect[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestCollectTwiceAddsNothing(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "- V3 - G1 二 2026Q2 2026-06-30", "R3 nobody - G1 三 2026Q1 2026-04-01", "R4 V3 - G1 四 2026Q1 2026-04-01"))
	expect(t, "first counts", p.mustCollect(ledger.Config{}), [5]uint64{3, 0, 0, 1, 0})
	first, rejects := p.versions(), p.rejects()
	p.tomorrow()
	expect(t, "second counts", p.mustCollect(ledger.Config{}), [5]uint64{0, 0, 3, 1, 0})
	expect(t, "versions", p.versions(), first)
	expect(t, "rejects", p.rejects(), rejects)
	expect(t, "collections", p.lines(`SELECT concatWithSeparator(' ', kind, toString(day), outcome, toString(read), toString(new), toString(changed),
		toString(unchanged), toString(rejected), toString(withdrawn), toString(pages)) FROM collections FINAL ORDER BY collection_id`), []string{
		"ledger 2026-07-01 success 4 3 0 0 1 0 1", "ledger 2026-07-02 success 4 0 0 3 1 0 1",
	})
	expect(t, "reject keeps when it was first seen", p.lines("SELECT DISTINCT toString(seen) FROM rejected_rows"), []string{"2026-07-01 01:00:00.000"})
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "R4 V3 - G1 四 2026Q1 2026-04-01")) // half of the rows of before: a look
	p.tomorrow()
	expect(t, "counts without the bad row", p.mustCollect(ledger.Config{}), [5]uint64{0, 0, 2, 0, 0})
	expect(t, "cleared rejects", p.rejects(), nil)
	expect(t, "a row gone stays", p.versions(), first)
}

func TestCollectChanges(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "R2 V3 - G1 二 2026Q2 2026-06-30"))
	p.mustCollect(ledger.Config{})
	p.tomorrow()
	p.write("a.csv", ledgerOf("R1 T1 - G1 一改 2026Q1 2026-04-02", "R2 V3 - G1 二 2026Q2 2026-06-30", "R3 V3 - G1 三 2026Q2 2026-06-30"))
	expect(t, "counts", p.mustCollect(ledger.Config{}), [5]uint64{1, 1, 1, 0, 0})
	expect(t, "in force", p.inForce(), []string{"R1 T1 G1 一改 2026-04-02 ", "R2 V3 G1 二 2026-06-30 ", "R3 V3 G1 三 2026-06-30 "})
	expect(t, "first seen", p.lines("SELECT toString(first_seen) FROM record_versions WHERE record_id = 'R1' AND NOT moved ORDER BY version"),
		[]string{"2026-07-01 01:00:00.000", "2026-07-01 01:00:00.000"})
	p.tomorrow()
	kept := []string{"R1 T1 G1 一改 2026-04-02 ", "R2 V3 G1 二 2026-06-30 ", "R3 V3 G1 三 2026-06-30 "}
	p.write("a.csv", ledgerOf("R1 nobody - G1 一 2026Q1 2026-04-01", "R2 V3 - G1 二 2026Q2 2026-06-30", "R3 V3 - G1 三 2026Q2 2026-06-30"))
	expect(t, "counts of a rejected correction", p.mustCollect(ledger.Config{}), [5]uint64{0, 0, 2, 1, 0})
	expect(t, "the old version stays", p.inForce(), kept)
	p.tomorrow()
	p.write("a.csv", ledgerOf("R1 nobody - G1 一 2026Q1 2026-04-01")) // 1 of the 3 rows of before
	expect(t, "counts of a rejected correction alone", p.collectSuspicious(ledger.Config{}), [5]uint64{0, 0, 0, 1, 0})
	expect(t, "the old versions stay", p.inForce(), kept)
}

func TestCollectDuplicates(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01", "R1 V3 - G1 二 2026Q1 2026-04-01", "R2 V3 - G1 甲 2026Q1 2026-04-01"))
	p.write("b.csv", ledgerOf("R2 V3 - G1 乙 2026Q1 2026-04-01", "R2 V3 - G1 乙 2026Q1 2026-04-01"))
	expect(t, "counts", p.mustCollect(ledger.Config{}), [5]uint64{2, 2, 1, 0, 0})
	expect(t, "versions", p.versions(), []string{"R1 一", "R1 二", "R2 甲", "R2 乙"})
	p.tomorrow()
	expect(t, "counts again", p.mustCollect(ledger.Config{}), [5]uint64{0, 0, 5, 0, 0})
	p.tomorrow()
	p.write("b.csv", ledgerOf("R2 V3 - G1 丙 2026Q1 2026-04-01"))
	expect(t, "counts of a change", p.mustCollect(ledger.Config{}), [5]uint64{0, 1, 3, 0, 0})
	expect(t, "versions after it", p.versions(), []string{"R1 一", "R1 二", "R2 甲", "R2 乙", "R2 丙"})
}

func TestCollectComplete(t *testing.T) {
	p := newPlace(t)
	config := ledger.Config{Complete: true}
	p.write("a.csv", ledgerOf("R1 V3 - G3 一 - 2026-04-01", "R2 V3 - G3 二 - 2026-04-01", "- V3 - G3 三 - 2026-04-01"))
	expect(t, "counts", p.mustCollect(config), [5]uint64{3, 0, 0, 0, 0})
	p.tomorrow()
	p.write("a.csv", ledgerOf("R1 V3 - G3 一 - 2026-04-01", "- nobody - G3 三 - 2026-04-01"))
	withdrawn := func() []string {
		return p.lines("SELECT DISTINCT concatWithSeparator(' ', record_id, toString(withdrawn_on)) FROM record_versions WHERE withdrawn_on IS NOT NULL")
	}
	expect(t, "counts when one is gone", p.mustCollect(config), [5]uint64{0, 0, 1, 1, 0})
	expect(t, "counts of another look of that day", p.mustCollect(config), [5]uint64{0, 0, 1, 1, 0})
	expect(t, "nothing is withdrawn by the looks of one day", withdrawn(), nil)
	p.tomorrow()
	expect(t, "counts when it is gone on another day", p.mustCollect(config), [5]uint64{0, 0, 1, 1, 1})
	expect(t, "in force", p.inForce()[:2], []string{"R1 V3 G3 一 2026-04-01 ", "R2 V3 G3 二 2026-04-01 withdrawn 2026-07-02"})
	expect(t, "the rejected row's record stays", withdrawn(), []string{"R2 2026-07-02"})
	p.tomorrow()
	expect(t, "counts when it is still gone", p.mustCollect(config), [5]uint64{0, 0, 1, 1, 0})
	p.tomorrow()
	p.write("b.csv", "no,header\n")
	if _, err := p.collect(config); err == nil {
		t.Error("a ledger without header collected without an error")
	}
	p.remove("b.csv")
	p.write("a.csv", ledgerOf("R1 V3 - G3 一 - 2026-04-01", "R2 V3 - G3 二 - 2026-04-01", "- V3 - G3 三 - 2026-04-01"))
	expect(t, "counts when it returns", p.mustCollect(config), [5]uint64{0, 1, 2, 0, 0})
	expect(t, "in force when it returns", p.inForce()[1], "R2 V3 G3 二 2026-04-01 ")
}

// A period that is written in two ways is one: rows that mean the same but for their channel are one record with all channels.
func TestRowsThatDifferInTheirChannelAlone(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", "记录编号,单位,事项,标题,所属期,公开日期,公开渠道\n"+
		"R1,V3,G1,一,2026Q1,2026-04-01,公开栏\nR1,V3,G1,一,2026年第一季度,2026/4/1,微信群\n"+
		",V3,G1,二,2026年二季度,2026-06-30,网站\n,V3,G1,二,2026Q2,2026-06-30,公开栏\n")
	p.mustCollect(ledger.Config{})
	channels := func() []string {
		return p.lines("SELECT title || ' ' || toString(channel) FROM (SELECT * FROM record_versions WHERE NOT moved ORDER BY record_id, version DESC LIMIT 1 BY record_id) ORDER BY title")
	}
	expect(t, "channels", channels(), []string{"一 board|wechat_group", "二 website|board"})
	p.tomorrow()
	p.mustCollect(ledger.Config{})
	expect(t, "channels of the next day", channels(), []string{"一 board|wechat_group", "二 website|board"})
}
