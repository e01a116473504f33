package month_test

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/feed"
	"yangguang/collector/fetch"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// What holds of every source, whatever its site does: nobody is accused of what is not so, and what is so comes out as soon as somebody could
// have known. SEEDS simulates so many months instead of the usual ones.

var (
	monthBegins = civil.Date(2026, 3, 27)
	monthEnds   = civil.Date(2026, 4, 25)
	seenKinds   = []string{"web", "walk", "feed", "api"}
)

func TestSimulatedMonth(t *testing.T) {
	seeds := uint64(4)
	if text := os.Getenv("SEEDS"); text != "" {
		var err error
		if seeds, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("SEEDS: %v", err)
		}
	}
	zones := []string{"Asia/Shanghai", "America/New_York"}
	for i, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		var own []uint64
		for seed := uint64(i); seed < seeds; seed += uint64(len(zones)) {
			own = append(own, seed)
		}
		if len(own) == 0 {
			continue
		}
		store := querytest.Store(t)
		months := make([]*month, len(own))
		var covers []model.Cover
		for j, seed := range own {
			// Which kind meets which zone changes from one pair of seeds to the next.
			months[j] = newMonth(t, store, seed, seenKinds[(seed+seed/4)%4], zone)
			for unit := range simulatedUnits {
				id, _ := simulatedUnit(seed, unit)
				covers = append(covers, model.Cover{Source: months[j].source.Name(), UnitID: id, ItemID: "*"})
			}
		}
		simulated := simulatedRegistry(own)
		if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
			Registry: simulated, Assessment: model.DefaultAssessment(), Timezone: name, Since: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
			BackdatingToleranceDays: tolerance, Covers: covers,
		}); err != nil {
			t.Fatal(err)
		}
		for _, month := range months {
			t.Run(fmt.Sprintf("seed %d, %s, %s", month.truth.seed, month.site.kind, name), func(t *testing.T) { month.run(t, record.NewResolver(simulated)) })
		}
	}
}

// month is a site, its source, and what may be known of it.
type month struct {
	truth  *truth
	site   *simulatedSite
	source collector.Source
	store  *ask.Asker
	chance *rand.Rand
	story  []string // what happened, for whoever looks for a mistake

	looks []time.Time // collections of the site as it is
}

func newMonth(t *testing.T, store *ask.Asker, seed uint64, kind string, zone *time.Location) *month {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 42))
	m := &month{truth: newTruth(seed, zone, chance, monthBegins, monthEnds), store: store, chance: chance}
	m.site = &simulatedSite{truth: m.truth, kind: kind}
	server := httptest.NewServer(m.site)
	t.Cleanup(server.Close)
	fetcher := fetch.New(fetch.Options{Memory: records.Pages{Store: store.Store}})
	t.Cleanup(fetcher.Close)
	network := fetcher.For(kind, fetch.Policy{RatePerSecond: 1e6, Concurrency: 4, Retries: -1, IgnoreRobots: true, AllowPrivate: true})
	m.source = simulatedSource(t, fmt.Sprintf("%s %d", kind, seed), kind, server.URL, network)
	return m
}

func simulatedSource(t *testing.T, name, kind, address string, network online.Network) (source collector.Source) {
	t.Helper()
	head := "name: " + name + "\ncovers: all\nurl: " + address + "/list"
	rules := "\ntitles: {match: '^{unit}{period}(?P<item>.+?)公示'}\n"
	var err error
	switch kind {
	case "feed":
		source, err = simulated(head+rules, func(c feed.Config) (collector.Source, error) { return feed.New(c, network) })
	case "api":
		source, err = simulated(head+rules+"rows: .data\nfields: {title: .title, url: .url, published_on: .day}\npaging: {style: page, parameter: page, end_status: [404]}\n",
			func(c api.Config) (collector.Source, error) { return api.New(c, "", network) })
	default:
		paging := ""
		if kind == "walk" {
			paging = "paging: {stop_at_known: true}\n"
		}
		source, err = simulated(head+"?page={page}"+rules+"rows: li\nfields: {title: a, url: a, published_on: span}\n"+paging,
			func(c web.Config) (collector.Source, error) { return web.New(c, network) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func simulated[Config any](text string, open func(Config) (collector.Source, error)) (collector.Source, error) {
	var config Config
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		return nil, err
	}
	return open(config)
}

// run lets the month pass. Each day has one collection or two, at any hour; a bad mood lasts for some days.
func (m *month) run(t *testing.T, resolver *record.Resolver) {
	now := time.Time{}
	c := collector.New(collector.Options{Store: m.store.Store, Resolver: resolver, Zone: m.truth.zone, Clock: func() time.Time { return now }})
	mood, lasts, pinned := clean, 0, false
	for day := monthBegins; day.Before(monthEnds); day = day.AddDays(1) {
		if lasts--; lasts <= 0 {
			mood, lasts = clean, 1+m.chance.IntN(3)
			if day.After(monthBegins) && m.chance.IntN(2) == 0 {
				moods := []moodOf{{down, 3}, {menu, 3}, {empty, 2}, {short, 3}, {titled, 4}, {cut, 2}}
				drawn := moods[m.chance.IntN(len(moods))]
				mood, lasts = drawn.mood, 1+m.chance.IntN(drawn.days)
			}
			pinned = m.chance.IntN(3) == 0
		}
		moved := m.chance.IntN(10) == 0
		hours := []int{m.chance.IntN(24)}
		if m.chance.IntN(4) == 0 && hours[0] < 23 {
			hours = append(hours, hours[0]+1+m.chance.IntN(23-hours[0]))
		}
		for i, hour := range hours {
			now = day.Start(m.truth.zone).Add(time.Duration(hour)*time.Hour + time.Duration(m.chance.IntN(60))*time.Minute)
			m.site.set(now, mood, moved && i == 0, pinned)
			summary, err := c.Collect(t.Context(), m.source, nil)
			if t.Context().Err() != nil {
				t.Fatal(err)
			}
			said := "look"
			if err != nil {
				said = fmt.Sprintf("%.250s", err)
			}
			m.story = append(m.story, fmt.Sprintf("%s %s%s%s read %d new %d changed %d: %s", now.Format("01-02 15:04"), mood,
				map[bool]string{true: " moved"}[moved && i == 0], map[bool]string{true: " pinned"}[pinned], summary.Read, summary.New, summary.Changed, said))
			if mood == clean {
				m.looks = append(m.looks, now)
			}
		}
		if day.Number()%4 == 0 || day == monthEnds.AddDays(-1) {
			m.judge(t, day)
		}
		if t.Failed() {
			t.Logf("what happened:\n%s", strings.Join(m.story, "\n"))
			return
		}
	}
}

type moodOf struct {
	mood mood
	days int
}

// judge compares what is said at the end of a day with what was so.
func (m *month) judge(t *testing.T, day civil.Day) {
	at := day.Start(time.UTC)
	rows, err := ask.Run(t.Context(), m.store, ask.Obligations, model.Question{From: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), To: at, AsOf: at}.WithDefaults(at))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]model.ObligationRow{}
	for _, row := range rows {
		if row.Period == "2026-03" {
			said[row.UnitID+" "+row.ItemID] = row
		}
	}
	for _, d := range m.truth.disclosures {
		if !d.due.Before(day) {
			continue
		}
		row := said[d.unit+" "+d.item]
		if problem := m.wrong(d, row); problem != "" {
			t.Errorf("%s, %s %s, due %s, appeared %s, shown %s: said to be %s, published %s, evidenced %s, back-dated %s: %s", day, d.unit, d.item, d.due,
				d.at.In(m.truth.zone).Format("01-02 15:04"), d.shown, row.State, dayIn(row.PublishedOn), dayIn(row.EvidencedOn), flag(row.Backdated), problem)
		}
	}
}

// wrong says what is wrong with what is said of a disclosure; empty: nothing.
func (m *month) wrong(d *disclosure, row model.ObligationRow) string {
	seen, unseen, afterDue := false, time.Time{}, false // since it appeared; last before it; on a day after the due day
	for _, look := range m.looks {
		if !d.at.IsZero() && !look.Before(d.at) {
			seen = true
		} else {
			unseen = look
		}
		afterDue = afterDue || civil.From(look, m.truth.zone).After(d.due)
	}
	backdated := row.Backdated != nil && *row.Backdated == 1
	switch {
	case row.State == "lapsed" && !d.at.IsZero() && !civil.From(d.at, m.truth.zone).After(d.due):
		return "it was published in time"
	case row.State == "lapsed" && seen:
		return "it had been published, and was seen"
	case backdated && d.honest(m.truth.zone):
		return "the day shown is the day on which it appeared"
	case row.State == "lapsed" && !afterDue:
		return "nobody has looked since it was due"
	case !seen && afterDue && row.State != "lapsed" && row.State != "on_time" && row.State != "late":
		return "it was not there when it was looked for"
	case !seen && (row.State == "on_time" || row.State == "late") && d.at.IsZero():
		return "it was never published"
	case seen && row.State != "on_time" && row.State != "late":
		return "it was seen"
	case seen && row.State == "on_time" != !d.shown.After(d.due):
		return "the state does not follow from the day shown"
	case seen && !backdated && !unseen.IsZero() && civil.From(unseen, m.truth.zone).Number()-d.shown.Number() > tolerance:
		return fmt.Sprintf("it was not there on %s", civil.From(unseen, m.truth.zone))
	}
	return ""
}

func dayIn(day *time.Time) string {
	if day == nil {
		return "-"
	}
	return day.Format(time.DateOnly)
}

func flag(value *int64) string {
	if value == nil {
		return "-"
	}
	return strconv.FormatInt(*value, 10)
}
