package digest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/digests"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// Rungs are counted in working days of the calendar: holidays do not count, weekend days that make up for them do.
func TestReached(t *testing.T) {
	calendar := CalendarOf([]model.CalendarDay{
		{Date: day("2026-05-01"), Kind: "holiday"},
		{Date: day("2026-05-04"), Kind: "holiday"},
		{Date: day("2026-05-05"), Kind: "holiday"},
		{Date: day("2026-05-09"), Kind: "workday"}, // a Saturday
	})
	rungs := []int{-10, -5, -2, 1, 5, 10}
	for _, c := range []struct{ due, day, want string }{
		{"2026-05-10", "2026-04-21", "[]"},          // 11 working days left
		{"2026-05-10", "2026-04-22", "[-10]"},       // 23, 24, 27–30 April, 6–9 May; the 10th is a Sunday
		{"2026-05-10", "2026-04-30", "[-10 -5]"},    // 6, 7, 8, 9 May
		{"2026-05-10", "2026-05-07", "[-10 -5 -2]"}, // 8, 9 May
		{"2026-05-10", "2026-05-10", "[-10 -5 -2]"}, // the due day itself
		{"2026-05-10", "2026-05-11", "[1]"},         // the day after
		{"2026-05-10", "2026-05-14", "[1]"},         // four working days
		{"2026-05-10", "2026-05-15", "[1 5]"},       //
		{"2026-05-10", "2026-05-22", "[1 5 10]"},    //
		{"2026-04-30", "2026-05-09", "[1]"},         // 6, 7, 8, 9 May
		{"2026-04-30", "2026-05-11", "[1 5]"},       //
		{"2026-04-30", "2026-05-02", "[1]"},         // no working day has passed, but the due day has
		{"2026-12-31", "2026-12-31", "[-10 -5 -2]"}, //
		{"2025-12-31", "2026-12-31", "[1 5 10]"},    // a year
		{"2026-05-08", "2026-05-08", "[-10 -5 -2]"}, //
		{"2026-05-08", "2026-05-09", "[1]"},         // due on Friday, a Saturday that makes up
	} {
		if got := fmt.Sprint(reached(rungs, day(c.due), day(c.day), calendar)); got != c.want {
			t.Errorf("due %s, on %s: %s, want %s", c.due, c.day, got, c.want)
		}
	}
}

// Somebody answers for every unit in every role: himself, who stands above him, or the operators.
func TestBook(t *testing.T) {
	registered := units{}
	for _, unit := range []model.Unit{
		{ID: "C", Tier: "committee"},
		{ID: "O", Tier: "organ", ParentID: "C"},
		{ID: "T1", Tier: "town", ParentID: "C"},
		{ID: "T2", Tier: "town", ParentID: "C"},
		{ID: "V1", Tier: "village", ParentID: "T1"},
		{ID: "V2", Tier: "village", ParentID: "T1"},
		{ID: "V3", Tier: "village", ParentID: "T2"},
	} {
		registered[unit.ID] = unit
	}
	contact := func(unit string) Reader {
		return Reader{Name: ContactName + unit, Within: unit, Role: RoleUnit, contact: true}
	}
	all := []Reader{
		{Name: "district", Role: RoleDistrict},
		{Name: "leader", Role: RoleLeadership},
		{Name: "operator", Role: RoleOperators},
		{Name: "town 1", Role: RoleTown, Within: "T1"},
		{Name: "village 1", Role: RoleUnit, Within: "V1"},
		contact("V1"), contact("T2"),
		{Name: "digests only"},
	}
	for _, c := range []struct {
		readers       []Reader
		unit          string
		roles         []Role
		want, relayed string
	}{
		{all, "V1", []Role{RoleUnit}, "village 1", ""},
		{all, "V2", []Role{RoleUnit}, "", "town 1"},
		{all, "V2", []Role{RoleUnit, RoleTown}, "town 1", ""},
		{all, "V3", []Role{RoleUnit}, "", "contact:T2"},
		{all, "V3", []Role{RoleTown}, "contact:T2", ""},
		{all, "T2", []Role{RoleUnit, RoleTown}, "contact:T2", ""},
		{all, "O", []Role{RoleUnit, RoleTown}, "", "district"},
		{all, "O", []Role{RoleDistrict, RoleLeadership}, "district, leader", ""},
		{all[1:3], "V1", []Role{RoleUnit, RoleTown}, "", "operator"},
		{all[1:3], "V1", []Role{RoleDistrict, RoleLeadership}, "leader", ""},
	} {
		readers, relayed := newBook(registered, c.readers).of(c.unit, c.roles)
		names := func(indexes []int) string {
			var names []string
			for _, i := range indexes {
				names = append(names, c.readers[i].Name)
			}
			return strings.Join(names, ", ")
		}
		if names(readers) != c.want || names(relayed) != c.relayed {
			t.Errorf("%s %v: %s; relayed %s", c.unit, c.roles, names(readers), names(relayed))
		}
	}
}

// reminded collects what arrived, as reader's, unit, period, rung.
func reminded(m channel.Message) (steps []string) {
	for _, step := range m.Remind.Steps {
		steps = append(steps, fmt.Sprintf("%s %s %d", step.UnitID, step.Reminded.Period, step.Rung))
	}
	return steps
}

// A village's month goes up the ladder: village, town, district, leadership; each is told once, and of what is met no more.
func TestLadder(t *testing.T) {
	store := district(t)
	fine := func() (error, error) { return nil, nil }
	var clock time.Time
	boxes := map[Role]*box{}
	var readers []Reader
	for role, within := range map[Role]string{RoleUnit: "V1", RoleTown: "T1", RoleDistrict: "", RoleLeadership: ""} {
		boxes[role] = &box{fails: fine}
		readers = append(readers, Reader{Name: string(role), Role: role, Within: within, Silent: true, Language: "zh", Channel: boxes[role]})
	}
	s := sender(t, store, &clock, readers...)
	s.Ladder = DefaultLadder()
	got := map[Role]map[string][]string{} // by role and day
	for _, on := range []string{
		"04-20", "04-21", "04-22", "04-24", "04-29", "05-01", "05-07", "05-08", "05-09", "05-11", "05-15", "05-22",
	} {
		clock = day("2026-" + on).Add(time.Hour)
		for range 2 {
			if _, err := s.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for role, box := range boxes {
			for _, m := range box.arrived {
				if got[role] == nil {
					got[role] = map[string][]string{}
				}
				got[role][clock.Format("01-02")] = reminded(m)
			}
			box.arrived = nil
		}
	}
	// The second village's April is due on 10 May, a Sunday, and published on 30 May; its March was published on 30 April; May's is due on 10 June.
	want := map[string][]string{
		"04-20": {"V1 2026-03 5"},
		"04-22": {"V1 2026-04 -10"}, // until the 9th, a Saturday that makes up
		"04-24": {"V1 2026-03 10"},
		"04-29": {"V1 2026-04 -5"},
		"05-07": {"V1 2026-04 -2"},
		"05-11": {"V1 2026-04 1"},
		"05-15": {"V1 2026-04 5"},
		"05-22": {"V1 2026-04 10"},
	}
	if !maps.EqualFunc(got[RoleUnit], want, slices.Equal[[]string]) {
		t.Errorf("the village: %v", got[RoleUnit])
	}
	if leader := got[RoleLeadership]["05-22"]; !slices.Equal(leader, []string{"V1 2026-04 10"}) || len(got[RoleLeadership]["05-15"]) > 0 {
		t.Errorf("leadership: %v", got[RoleLeadership])
	}
	if district := got[RoleDistrict]["05-15"]; !slices.Equal(district, []string{"V1 2026-04 5"}) {
		t.Errorf("the district: %v", got[RoleDistrict])
	}
	// Of the villages without a reader the town is reminded in their place, ten days ahead too.
	if town := got[RoleTown]["04-22"]; !slices.Equal(town, []string{"V0 2026-04 -10", "V2 2026-04 -10"}) {
		t.Errorf("the town: %v", got[RoleTown])
	}
}

// What was called lapsed and turns out to have been published in time is corrected, once; what nobody has looked at is not reminded of as lapsed.
func TestCorrection(t *testing.T) {
	store := querytest.Store(t)
	load(t, store, "台账")
	collectOnly(t, store, civil.Date(2026, 5, 12), nil)
	clock := time.Date(2026, 5, 12, 1, 0, 0, 0, time.UTC)
	box := &box{fails: func() (error, error) { return nil, nil }}
	s := sender(t, store, &clock, Reader{Name: "镇", Within: "T1", Role: RoleDistrict, Silent: true, Language: "zh", Channel: box})
	s.Ladder = Ladder{RoleDistrict: {1, 5}}
	send := func(want int) string {
		t.Helper()
		box.arrived = nil
		if _, err := s.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(box.arrived) != want {
			t.Fatalf("%d messages, want %d: %+v", len(box.arrived), want, box.arrived)
		}
		if want == 0 {
			return ""
		}
		return strings.Join(box.arrived[0].Lines, "\n")
	}
	if text := send(1); !strings.Contains(text, "首次提醒") || !strings.Contains(text, "已到期未公开 3 项") || !strings.Contains(text, "逾期满 5 个工作日 9 项") {
		t.Errorf("first: %s", text)
	}
	clock = clock.AddDate(0, 0, 1)
	send(0)
	collect(t, store, civil.Date(2026, 5, 13)) // April of the first village had been published on 5 May
	clock = clock.AddDate(0, 0, 1)
	if text := send(1); !strings.Contains(text, "更正：此前提醒为逾期的 6 项，经核实已按期公开：") || strings.Contains(text, "首次") || strings.Contains(text, "逾期满") {
		t.Errorf("corrected: %s", text)
	}
	clock = clock.AddDate(0, 0, 1)
	if text := send(1); !strings.Contains(text, "逾期满 5 个工作日 1 项：第1村 党费收缴 2026-04") || strings.Contains(text, "更正") {
		t.Errorf("the day after: %s", text)
	}
	clock = time.Date(2026, 6, 11, 1, 0, 0, 0, time.UTC) // May was due, but nobody has looked since 13 May
	send(0)
}

// A year passes, and again and again the program ends while it is sending: each step of the ladder reaches each of its readers once, or is in a reminder of
// which it is known that it is not known; readers who never meet a kill say what there was to tell.
func TestRemindersThroughKills(t *testing.T) {
	days, most := 3, 4
	if asked := querytest.Scaled(t, killsVariable, 0); asked > 0 {
		days, most = 52*7, asked
	}
	store := district(t)
	clock := time.Date(2026, 4, 6, 1, 0, 0, 0, time.UTC)
	mishaps := &mishaps{random: rand.New(rand.NewPCG(3, 4)), oneIn: 4, most: most}
	fine := func() (before, after error) { return nil, nil }
	type pair struct{ struck, spared *box }
	pairs := map[string]pair{}
	var readers []Reader
	for i, at := range []struct {
		role   Role
		within string
	}{
		{RoleUnit, "V0"},
		{RoleUnit, "V1"},
		{RoleUnit, "V2"},
		{RoleUnit, "T2"},
		{RoleTown, "T1"},
		{RoleTown, "T1"},
		{RoleTown, "T2"},
		{RoleDistrict, ""},
		{RoleDistrict, "C"},
		{RoleDistrict, "T1"},
		{RoleLeadership, ""},
		{RoleLeadership, "T1"},
		{RoleOperators, ""},
		{RoleUnit, ""},
	} {
		name := fmt.Sprint("读者", i)
		p := pair{&box{fails: mishaps.next}, &box{fails: fine}}
		pairs[name] = p
		reader := Reader{Name: name, Role: at.role, Within: at.within, Silent: i%5 > 0, Daily: i == 10, Language: []string{"zh", "en"}[i%2], Channel: killing{p.struck}}
		spared := reader
		spared.Name, spared.Channel = name+" 未受影响", p.spared
		readers = append(readers, reader, spared)
	}
	s := sender(t, store, &clock, readers...)
	s.Ladder = DefaultLadder()
	for range days {
		for interrupted(t, s) {
		}
		clock = clock.AddDate(0, 0, 1)
	}
	mishaps.check(t)
	listed, err := digests.List(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	said, err := digests.ListReminded(t.Context(), store.Store)
	if err != nil {
		t.Fatal(err)
	}
	stepOf := func(one digests.Reminded) string {
		return fmt.Sprintf("%s %s %s %d ×%d", one.UnitID, one.ItemID, one.Period, one.Rung, one.Obligations)
	}
	unknown := 0
	for name, p := range pairs {
		want, got := map[string]int{}, map[string]int{}
		for _, m := range p.spared.arrived {
			for _, step := range m.Remind.Steps {
				want[stepOf(step.Reminded)]++
			}
		}
		arrived := map[string]int{}
		for _, m := range p.struck.arrived {
			if arrived[m.ID]++; arrived[m.ID] > 1 {
				t.Errorf("%s was sent twice", m.ID)
			}
		}
		for _, one := range said {
			if one.Reader == name {
				got[stepOf(one)]++
			}
		}
		if !maps.Equal(want, got) {
			t.Errorf("%s was told\n%v, want\n%v", name, got, want)
		}
		for _, d := range listed {
			if d.Reader != name {
				continue
			}
			switch id := idOf(d.Kind, d.Reader, d.DueOn); {
			case d.State == digests.Unknown:
				unknown++
			case (d.State == digests.Sent) != (arrived[id] == 1):
				t.Errorf("%s is %s, and arrived %d times", id, d.State, arrived[id])
			}
		}
	}
	if unknown != most {
		t.Errorf("%d messages are unknown after %d kills", unknown, most)
	}
}

// After a restore nothing is sent again that may have been sent since the backup: it is unknown. What comes up later is sent.
func TestRestored(t *testing.T) {
	store := district(t)
	clock := time.Date(2026, 5, 12, 1, 0, 0, 0, time.UTC)
	box := &box{fails: func() (error, error) { return nil, nil }}
	s := sender(t, store, &clock, Reader{Name: "区", Role: RoleDistrict, Daily: true, Language: "zh", Channel: box})
	s.Ladder = DefaultLadder()
	s.Ladder[RoleDistrict] = []int{1, 5}
	restored := time.Date(2026, 5, 12, 0, 30, 0, 0, time.UTC)
	if err := store.Conn().Exec(t.Context(), "INSERT INTO restores SELECT fromUnixTimestamp64Milli({at:Int64}, 'UTC')", clickhouse.Named("at", strconv.FormatInt(restored.UnixMilli(), 10))); err != nil {
		t.Fatal(err)
	}
	outcomes, err := s.Send(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(box.arrived) > 0 || len(outcomes) != 2 || outcomes[0].Digest.State != digests.Unknown || outcomes[1].Digest.State != digests.Unknown {
		t.Fatalf("after the restore: %+v, sent %d", outcomes, len(box.arrived))
	}
	if again, err := s.Send(t.Context()); err != nil || len(again) > 0 {
		t.Errorf("once more: %+v %v", again, err)
	}
	clock = time.Date(2026, 5, 15, 1, 0, 0, 0, time.UTC)
	if _, err := s.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, m := range box.arrived {
		got[m.Kind] = strings.Join(reminded(m), ", ")
		if text := strings.Join(m.Lines, "\n"); !strings.Contains(text, "上一条（2026-05-12）是否送达不明") {
			t.Errorf("%s does not say what is unknown: %s", m.Kind, text)
		}
	}
	if len(got) != 2 || got[digests.Reminders] != "V1 2026-04 5" {
		t.Errorf("three days later: %v", got)
	}
}
