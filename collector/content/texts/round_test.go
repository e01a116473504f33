package texts

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"yangguang/collector/attachment"
	"yangguang/collector/content"
	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// built are the kinds that are built, with as many that are easily taken for one.
var built = []string{
	patrol.IDNumber, patrol.Mobile, patrol.BankCard, patrol.Empty, patrol.TitleOnly, patrol.TooShort, patrol.Otherwhen, patrol.Elsewhere, patrol.Copied, patrol.Repeated,
	patrol.Broken, patrol.NoText,
}

// Of built texts of every kind, half of them hard negatives, nearly all are found and hardly any other; what has not changed is not looked at again.
// YANGGUANG_PATROL_TEXTS builds more: 20000 says more than a test needs to.
func TestBuiltTexts(t *testing.T) {
	count := querytest.Scaled(t, "YANGGUANG_PATROL_TEXTS", 480)
	store, ctx := querytest.Store(t), t.Context()
	b := newBuilder(max(60, count/50))
	load := querytest.SampleLoad()
	load.Registry.Units = b.units
	load.Registry.Exemptions, load.Registry.SiteScores, load.Registry.Observations, load.Registry.Notices, load.Registry.Institutions = nil, nil, nil, nil, nil
	form := load.Registry.Items[0]
	load.Registry.Items = nil
	for i := 1; i < 60; i++ {
		item := form
		item.ID, item.Name, item.Aliases, item.MinChars, item.Tiers = fmt.Sprintf("G%d", i), fmt.Sprintf("事项%d", i), nil, 0, []string{"village"}
		if i == 1 {
			item.MinChars = 40
		}
		load.Registry.Items = append(load.Registry.Items, item)
	}
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	for i := range count {
		b.build(built[i%len(built)], i/len(built)%2 == 0)
	}
	wanted := writeBuilt(t, store, b)
	round := func() Result {
		t.Helper()
		result, err := Run(ctx, Options{Store: store.Store, Zone: time.UTC, Now: b.today.Add(12 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	began := time.Now()
	first := round()
	t.Logf("%d texts of %d in %s: %+v", len(b.texts), count, time.Since(began).Round(time.Millisecond), first)
	found, err := patrol.Standing(ctx, store.Store, model.FindingKinds()...)
	if err != nil {
		t.Fatal(err)
	}
	judge(t, b, wanted, found)
	if t.Failed() {
		return
	}
	again, err := patrol.Standing(ctx, store.Store, model.FindingKinds()...)
	if second := round(); err != nil || len(again) != len(found) || second.Found != first.Found {
		t.Errorf("the second round: %+v, %v", second, err)
	}
	if rows := querytest.Number(t, store, "SELECT toInt64(uniqExact(report_id)) FROM findings"); rows != 1 {
		t.Errorf("%d reports were written, though nothing has changed", rows)
	}
}

// writeBuilt stores records and their texts, and gives what is to be found by kind and record.
func writeBuilt(t *testing.T, store *ask.Asker, b *builder) map[string]map[string]bool {
	t.Helper()
	places := content.NewPlaces(b.units)
	wanted := map[string]map[string]bool{}
	var versions []records.RecordVersion
	var texts []patrol.Text
	for i, one := range b.texts {
		id := fmt.Sprintf("r%06d", i)
		from := time.Date(one.year, time.Month(3*one.quarter-2), 1, 0, 0, 0, 0, time.UTC)
		to, url := from.AddDate(0, 3, -1), "https://www.example.gov.cn/art/"+id+".html"
		versions = append(versions, records.RecordVersion{
			RecordID: id, UnitID: one.unit, ItemID: one.item, Title: one.title, Period: fmt.Sprintf("%dQ%d", one.year, one.quarter), PeriodFrom: from, PeriodTo: to,
			PublishedOn: one.published, URL: url, Hash: uint64(i + 1),
		})
		text := patrol.Text{
			Source: "web", RecordID: id, Version: 1, Place: url, UnitID: one.unit, ItemID: one.item, Title: one.title, PeriodFrom: &from, PeriodTo: &to,
			PublishedOn: &one.published, FetchedAt: b.today,
		}
		reading := attachment.Reading{Kind: attachment.HTML, Text: one.text, Fault: one.fault}
		if one.attachment {
			reading.Kind, text.Place = attachment.PDF, url+"/a.pdf"
		}
		fill(&text, reading, places)
		texts = append(texts, text)
		for _, kind := range one.wanted {
			if wanted[kind] == nil {
				wanted[kind] = map[string]bool{}
			}
			wanted[kind][id] = true
		}
	}
	querytest.Collect(t, store, "web", time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), versions, nil, nil, nil)
	for part := range slices.Chunk(texts, batchTexts) {
		if err := patrol.NoteTexts(t.Context(), store.Store, part); err != nil {
			t.Fatal(err)
		}
	}
	return wanted
}

// judge compares what was found with what was built, by kind.
func judge(t *testing.T, b *builder, wanted map[string]map[string]bool, found []patrol.Finding) {
	t.Helper()
	right, wrong := map[string]int{}, map[string]int{}
	got := map[string]map[string]bool{}
	for _, finding := range found {
		if got[finding.Kind] == nil {
			got[finding.Kind] = map[string]bool{}
		}
		got[finding.Kind][finding.RecordID] = true
		if wanted[finding.Kind][finding.RecordID] {
			right[finding.Kind]++
			continue
		}
		wrong[finding.Kind]++
		if number, err := strconv.Atoi(finding.RecordID[1:]); err == nil && wrong[finding.Kind] <= 5 {
			t.Logf("%s is said of %s %q: %s", finding.Kind, b.texts[number].unit, b.texts[number].text, finding.Proof)
		}
	}
	for _, kind := range built {
		missed := 0
		for id := range wanted[kind] {
			if got[kind][id] {
				continue
			}
			if missed++; missed <= 3 {
				number, _ := strconv.Atoi(id[1:])
				t.Logf("%s is not said of %s %q", kind, b.texts[number].unit, b.texts[number].text)
			}
		}
		precision, recall := float64(right[kind])/float64(right[kind]+wrong[kind]), float64(right[kind])/float64(len(wanted[kind]))
		t.Logf("%-18s precision %.3f recall %.3f of %d", kind, precision, recall, len(wanted[kind]))
		if !(precision >= 0.95) || !(recall >= 0.90) {
			t.Errorf("%s: precision %.3f, recall %.3f", kind, precision, recall)
		}
	}
}

// Units whose records come in the week before assessments are found, those that publish when everybody does are not.
func TestRushes(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	b := newBuilder(30)
	load := querytest.SampleLoad()
	load.Registry.Units = b.units
	load.Registry.Exemptions, load.Registry.SiteScores, load.Registry.Observations, load.Registry.Notices, load.Registry.Institutions = nil, nil, nil, nil, nil
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	assessed := []time.Time{querytest.Day(2026, 3, 31), querytest.Day(2026, 6, 30), querytest.Day(2026, 9, 30)}
	for _, day := range assessed {
		if err := store.Conn().Exec(ctx, "INSERT INTO freezes (known_at, name, finished, load_id, collections, question, manifest) VALUES ({at:DateTime64(3)}, 'x', 1, 1, map(), '', '')",
			clickhouse.Named("at", clickhouse.Epoch(day.Add(9*time.Hour)))); err != nil {
			t.Fatal(err)
		}
	}
	var versions []records.RecordVersion
	villages := 0
	for _, unit := range b.units {
		if unit.Tier != "village" {
			continue
		}
		villages++
		for i := range 15 {
			item, day := "G1", b.today.AddDate(0, 0, -1-b.IntN(360))
			if villages <= 3 { // they come before assessments only
				day = assessed[i%3].AddDate(0, 0, -b.IntN(7))
			}
			if villages > 20 { // an item that is due then: all publish it then
				item, day = "G2", assessed[i%3].AddDate(0, 0, -b.IntN(7))
			}
			versions = append(versions, records.RecordVersion{
				RecordID: fmt.Sprintf("%s-%d", unit.ID, i), UnitID: unit.ID, ItemID: item, Title: fmt.Sprintf("公示%d", i), PublishedOn: day, Hash: uint64(len(versions) + 1),
			})
		}
	}
	querytest.Collect(t, store, "ledger", b.today.AddDate(0, 0, -1), versions, nil, nil, nil)
	querytest.Execute(t, store, "ALTER TABLE record_versions UPDATE unseen_on = NULL WHERE true SETTINGS mutations_sync = 2")
	if _, err := Run(ctx, Options{Store: store.Store, Zone: time.UTC, Now: b.today.Add(12 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	found, err := patrol.Standing(ctx, store.Store, patrol.Rushed)
	if err != nil || len(found) != 3 {
		t.Errorf("%d units are said to rush, want 3: %+v, %v", len(found), found, err)
	}
	for _, finding := range found {
		if finding.RecordID != "" || finding.UnitID > "V0002" {
			t.Errorf("%+v", finding)
		}
	}
}

// Records whose days prove to be back-dated are found once, without any text, and are mended when a later version claims another day.
func TestBackdated(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	load := querytest.SampleLoad()
	load.BackdatingToleranceDays = 3
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	collect := func(hour int, days ...time.Time) {
		var versions []records.RecordVersion
		for i, published := range days {
			uploaded := querytest.Day(2026, 7, 10)
			versions = append(versions, records.RecordVersion{
				RecordID: fmt.Sprint(i), UnitID: load.Registry.Units[0].ID, ItemID: load.Registry.Items[0].ID, Title: "党费收缴", PublishedOn: published, UploadedOn: uploaded,
				Hash: uint64(100*hour + i + 1),
			})
		}
		querytest.Collect(t, store, "ledger", querytest.Day(2026, 7, 11).Add(time.Duration(hour)*time.Hour), versions, nil, nil, nil)
	}
	round := func() (found []patrol.Finding) {
		t.Helper()
		if _, err := Run(ctx, Options{Store: store.Store, Zone: time.UTC, Now: querytest.Day(2026, 7, 12)}); err != nil {
			t.Fatal(err)
		}
		found, err := patrol.Standing(ctx, store.Store, patrol.Backdated)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	collect(1, querytest.Day(2026, 7, 6), querytest.Day(2026, 7, 7), querytest.Day(2026, 7, 10)) // 4, 3 and 0 days before they were uploaded
	found := round()
	if len(found) != 1 || found[0].RecordID != "0" || found[0].Proof != `{"published_on":"2026-07-06","evidenced_on":"2026-07-10"}` {
		t.Fatalf("found %+v", found)
	}
	if again := round(); len(again) != 1 || again[0] != found[0] {
		t.Errorf("found again: %+v", again)
	}
	collect(2, querytest.Day(2026, 7, 9), querytest.Day(2026, 7, 7), querytest.Day(2026, 7, 10))
	if mended := round(); len(mended) != 0 {
		t.Errorf("corrected, and still found: %+v", mended)
	}
}
