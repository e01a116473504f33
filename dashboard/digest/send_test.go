package digest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/digests"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// district is a store with a town of three villages that owe a report each month, of which the second village publishes each 20 days late and the third
// one in three; a second town owes nothing. Its ledger was looked at after everything simulated.
func district(t *testing.T) *ask.Asker {
	t.Helper()
	store := querytest.Store(t)
	load(t, store, "台账")
	collect(t, store, civil.Date(2027, 6, 1))
	return store
}

func load(t *testing.T, store *ask.Asker, sources ...string) {
	t.Helper()
	listed := model.Registry{
		Units: []model.Unit{{ID: "C", Name: "某区委", Tier: "committee"}, {ID: "T1", Name: "孟庙镇", Tier: "town", ParentID: "C"}, {ID: "T2", Name: "龙城镇", Tier: "town", ParentID: "C"}},
		Items: []model.Item{{ID: "M", Name: "党费收缴", Programme: "party", Class: "essential", Cadence: "monthly", Tiers: []string{"village"}, DueDays: 10, ValidFrom: day("2026-01-01")}},
		Calendar: []model.CalendarDay{
			{Date: day("2026-05-01"), Kind: "holiday"},
			{Date: day("2026-05-04"), Kind: "holiday"},
			{Date: day("2026-05-05"), Kind: "holiday"},
			{Date: day("2026-05-09"), Kind: "workday"},
		},
	}
	for i := range 3 {
		listed.Units = append(listed.Units, model.Unit{ID: fmt.Sprint("V", i), Name: fmt.Sprintf("第%d村", i), Tier: "village", ParentID: "T1"})
	}
	covers := []model.Cover{}
	for _, source := range sources {
		covers = append(covers, model.Cover{Source: source, UnitID: "*", ItemID: "*"})
	}
	_, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: listed, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3, Program: "test", Covers: covers, Since: day("2026-01-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func collect(t *testing.T, store *ask.Asker, on civil.Day) {
	t.Helper()
	collectOnly(t, store, on, []int{0, 1, 2})
}

// collectOnly is collect of some villages.
func collectOnly(t *testing.T, store *ask.Asker, on civil.Day, villages []int) {
	t.Helper()
	c, err := records.Begin(t.Context(), store.Store, records.Start{Source: "台账", Kind: "ledger", Started: time.Now(), Day: on})
	if err != nil {
		t.Fatal(err)
	}
	batch := records.NewBatch(24)
	for month := range 12 {
		first := time.Date(2026, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
		next := first.AddDate(0, 1, 0)
		for village, published := range []time.Time{next.AddDate(0, 0, 4), next.AddDate(0, 0, 29), next.AddDate(0, 0, 5)} {
			if village == 2 && month%3 != 0 || !slices.Contains(villages, village) {
				continue
			}
			id := fmt.Sprintf("R%d-%d", village, month)
			batch.Add(&records.RecordVersion{
				Version: c.FirstVersion + uint64(batch.Len()), RecordID: id, UnitID: fmt.Sprint("V", village), ItemID: "M", Title: id, EventKey: id, Period: first.Format("2006-01"),
				PeriodFrom: first, PeriodTo: next.AddDate(0, 0, -1), PublishedOn: published, Scope: "society", Channel: "board", Hash: uint64(month*3 + village + 1),
			})
		}
	}
	if err := c.StageRecords(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	counts, err := c.Publish(t.Context(), records.Publication{Whole: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Finish(t.Context(), time.Now(), counts, records.Ending{Outcome: model.Look}); err != nil {
		t.Fatal(err)
	}
}

// box stands for a reader's channel: it counts what arrives, and may be killed or refuse.
type box struct {
	arrived []channel.Message
	fails   func() (before, after error) // panics stand for kill -9
}

func (b *box) Preview(m channel.Message) string { return m.Plain(2048) }

func (b *box) Send(_ context.Context, m channel.Message) error {
	before, after := b.fails()
	if before != nil {
		return before
	}
	b.arrived = append(b.arrived, m)
	return after
}

func sender(t *testing.T, store *ask.Asker, clock *time.Time, readers ...Reader) *Sender {
	t.Helper()
	bundle, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return &Sender{
		Store: store, Bundle: bundle, Zone: time.FixedZone("CST", 8*3600), Hours: Hours{8 * time.Hour, 20 * time.Hour}, ExternalURL: "https://yangguang.example/",
		Clock: func() time.Time { return *clock }, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Readers: readers,
	}
}

// Weeks pass, and again and again the program ends while it is sending: nothing is sent twice, and what did not arrive is known to be unknown.
func TestWeeks(t *testing.T) {
	weeks, count, most := 2, 4, 3
	if asked := querytest.Scaled(t, killsVariable, 0); asked > 0 {
		weeks, count, most = 52, 14, asked
	}
	store := district(t)
	clock := time.Date(2026, 4, 27, 1, 0, 0, 0, time.UTC)
	mishaps := &mishaps{random: rand.New(rand.NewPCG(1, 2)), oneIn: 5, most: most}
	boxes := map[string]*box{}
	var readers []Reader
	for i := range count {
		r := Reader{Name: fmt.Sprint("读者", i), Within: []string{"", "T1", "T2"}[i%3], Language: []string{"zh", "en"}[i%2], Daily: i%4 == 3 && weeks > 2, Sheet: i == 1}
		boxes[r.Name] = &box{fails: mishaps.next}
		r.Channel = killing{boxes[r.Name]}
		readers = append(readers, r)
	}
	s := sender(t, store, &clock, readers...)
	for range weeks * 7 {
		for interrupted(t, s) { // what was killed or refused is begun again
		}
		clock = clock.AddDate(0, 0, 1)
	}
	mishaps.check(t)
	listed, err := digests.List(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	counted, unknown := map[string]int{}, 0
	for _, box := range boxes {
		for _, m := range box.arrived {
			counted[m.ID]++
		}
	}
	said := map[string]int{}
	for _, d := range listed {
		said[d.State]++
		arrived := counted[idOf(d.Kind, d.Reader, d.DueOn)]
		switch d.State {
		case digests.Sent:
			if arrived != 1 {
				t.Errorf("%s %s was sent %d times", d.Reader, d.DueOn, arrived)
			}
		case digests.Unknown:
			if unknown++; arrived > 1 {
				t.Errorf("%s %s, which is unknown, was sent %d times", d.Reader, d.DueOn, arrived)
			}
		default:
			if arrived != 0 {
				t.Errorf("%s %s, which is %s, was sent %d times", d.Reader, d.DueOn, d.State, arrived)
			}
		}
	}
	if unknown != most {
		t.Errorf("%d digests are unknown after %d kills", unknown, most)
	}
	if said[digests.Sent] == 0 || said[digests.Quiet] == 0 {
		t.Errorf("states: %v", said)
	}
	for _, r := range readers {
		var slots []string
		for _, d := range of(listed, digests.Changes, r.Name) {
			slots = append(slots, d.DueOn.Format(time.DateOnly))
		}
		if !r.Daily && len(slots) != weeks {
			t.Errorf("%s: %d digests in %d weeks: %v", r.Name, len(slots), weeks, slots)
		}
	}
}

// A reader is told what lapsed and was mended since his last digest, of his area alone.
func TestChanges(t *testing.T) {
	store := district(t)
	fine := func() (error, error) { return nil, nil }
	box := &box{fails: fine}
	clock := time.Date(2026, 5, 11, 1, 0, 0, 0, time.UTC) // April is due on 10 May
	s := sender(t, store, &clock, Reader{Name: "镇", Within: "T1", Language: "zh", Channel: box, Sheet: true})
	send := func() channel.Message {
		t.Helper()
		before := len(box.arrived)
		if _, err := s.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(box.arrived) != before+1 {
			t.Fatalf("%d messages", len(box.arrived)-before)
		}
		return box.arrived[before]
	}
	// Lapsed on 11 May: of the second village April (its March came on 30 April), of the third February and March.
	if m := send(); !m.Changes.First || m.Changes.Lapsed != 3 || m.Changes.New != 3 || strings.Contains(strings.Join(m.Lines, "\n"), "新增") {
		t.Errorf("first: %q %+v", m.Lines, m.Changes)
	} else if rows := strings.Count(string(m.Sheet), "\n"); rows != 4 {
		t.Errorf("the sheet has %d lines:\n%s", rows, m.Sheet)
	}
	clock = time.Date(2026, 6, 15, 1, 0, 0, 0, time.UTC)
	m := send()
	// The second village published April on 30 May; May lapsed of the second and third.
	if c := m.Changes; c.First || c.New != 2 || c.Mended != 1 || c.Lapsed != 4 || c.Otherwise != 0 || c.Unverified != 0 {
		t.Errorf("second: %q %+v", m.Lines, c)
	}
	text := strings.Join(m.Lines, "\n")
	for _, want := range []string{"与 2026-05-11 相比", "新增逾期 2 项：", "第1村 党费收缴 2026-05", "已补公开 1 项：第1村 党费收缴 2026-04", "逾期未公开共 4 项"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if again, err := s.Send(t.Context()); err != nil || len(again) != 0 || len(box.arrived) != 2 {
		t.Errorf("once more: %v %v", again, err)
	}
}

// What nobody has looked at is said to be unverified, never to be none.
func TestUnverified(t *testing.T) {
	store := querytest.Store(t)
	load(t, store, "台账", "网站")
	collect(t, store, civil.Date(2026, 4, 1))
	clock := time.Date(2026, 5, 11, 1, 0, 0, 0, time.UTC)
	s := sender(t, store, &clock, Reader{Name: "镇", Within: "T1", Language: "zh", Channel: &box{}})
	messages, err := s.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(messages[0].Message.Lines, "\n")
	if messages[0].Message.Changes.Unverified == 0 || !strings.Contains(text, "项未能核实，不作逾期认定") || !strings.Contains(text, "网站") || strings.Contains(text, "逾期未公开共") {
		t.Errorf("%s\n%+v", text, messages[0].Message.Changes)
	}
	if body := channel.JSONOf(messages[0].Message, text); body.Lapsed != nil || body.New != nil || body.Unverified == 0 {
		t.Errorf("%+v", body)
	}
}
