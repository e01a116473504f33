package month_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"yangguang/queries/civil"
	"yangguang/queries/model"
)

// truth is what was really published on a site in a month, and when: what nobody but the test knows.
type truth struct {
	seed         uint64
	zone         *time.Location
	disclosures  []*disclosure
	publications []publication // of all that appears on the site, in the order in which it did
}

// disclosure is one duty of a unit and what became of it.
type disclosure struct {
	unit, item string
	due        civil.Day
	at         time.Time // when it appeared; zero: never
	shown      civil.Day // the day that the site shows
}

// honest reports whether the day shown is the day on which it appeared.
func (d *disclosure) honest(zone *time.Location) bool { return civil.From(d.at, zone) == d.shown }

// publication is a row of the site.
type publication struct {
	number int
	title  string
	at     time.Time
	shown  civil.Day
}

const (
	simulatedUnits = 4
	tolerance      = 3 // days by which a day shown may be earlier than the evidence
)

var (
	simulatedDueDays = []uint16{4, 9, 14}
	simulatedItems   = []string{"三公经费", "财政收支", "采购结果"}
)

func simulatedUnit(seed uint64, unit int) (id, name string) {
	return fmt.Sprintf("S%dU%d", seed, unit), fmt.Sprintf("沙河%d区第%d局", seed, unit)
}

// simulatedRegistry are the units of some seeds, and items that are due for March.
func simulatedRegistry(seeds []uint64) (registry model.Registry) {
	for _, seed := range seeds {
		for unit := range simulatedUnits {
			id, name := simulatedUnit(seed, unit)
			registry.Units = append(registry.Units, model.Unit{ID: id, Name: name, Tier: "organ", ActiveFrom: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
		}
	}
	for i, name := range simulatedItems {
		registry.Items = append(registry.Items, model.Item{
			ID: fmt.Sprintf("I%d", i), Name: name, Programme: "party", Catalogue: "grassroots", Tiers: []string{"organ"}, Class: "obligatory", Cadence: "monthly",
			DueDays: simulatedDueDays[i], DayKind: "natural", NotBefore: "start", ValidFrom: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		})
	}
	return registry
}

// newTruth draws what units do: most publish in time, some late, some late and with an earlier day, some never. Beside that there is news.
func newTruth(seed uint64, zone *time.Location, chance *rand.Rand, begin, end civil.Day) *truth {
	made := &truth{seed: seed, zone: zone}
	instant := func(day civil.Day) time.Time {
		return day.Start(zone).Add(time.Duration(chance.IntN(24*60)) * time.Minute)
	}
	for unit := range simulatedUnits {
		id, name := simulatedUnit(seed, unit)
		for i, item := range simulatedItems {
			due := civil.Date(2026, 3, 31).AddDays(int(simulatedDueDays[i]))
			d := &disclosure{unit: id, item: fmt.Sprintf("I%d", i), due: due}
			switch draw := chance.IntN(100); {
			case draw < 25: // never
			case draw < 60:
				d.shown = due.AddDays(-chance.IntN(8))
				d.at = instant(d.shown)
			case draw < 75:
				d.shown = due.AddDays(1 + chance.IntN(6))
				d.at = instant(d.shown)
			default:
				d.shown = due.AddDays(-chance.IntN(3))
				d.at = instant(due.AddDays(3 + chance.IntN(5)))
			}
			made.disclosures = append(made.disclosures, d)
			if !d.at.IsZero() {
				made.publications = append(made.publications, publication{title: name + "2026年3月" + item + "公示", at: d.at, shown: d.shown})
			}
		}
	}
	for day := begin.AddDays(-20); day.Before(end); day = day.AddDays(1) { // the list is long before the month begins
		for range chance.IntN(3) {
			made.publications = append(made.publications, publication{title: fmt.Sprintf("沙河区召开第%d次会议", chance.IntN(1_000_000)), at: instant(day), shown: day})
		}
	}
	for unit := range simulatedUnits { // and holds records
		_, name := simulatedUnit(seed, unit)
		for i, item := range simulatedItems {
			day := begin.AddDays(-3 - 2*i)
			made.publications = append(made.publications, publication{title: name + "2026年2月" + item + "公示", at: instant(day), shown: day})
		}
	}
	for i := range made.publications {
		made.publications[i].number = i
	}
	return made
}
