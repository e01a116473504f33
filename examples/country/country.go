// Package country simulates a country of any size: its units from provinces down to villages, what they owe, and made-up disclosure
// records (模拟数据) with what happens in real ones: late, missing, corrected, backdated, through a wrong channel, steps out of order, taken
// down and put up again. The same parameters always give the same records, however many workers there are, and a larger country has the
// smaller one's units as its first, with the same records.
package country

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"yangguang/queries/model"
)

// Parameters fix a simulated country.
type Parameters struct {
	Units          int       // whole districts first; the last one may be cut
	From, To       time.Time // first and last civil day of the ledgers
	Seed           uint64
	RecordsPerUnit float64 // on average; 0: what the obligations of the window bring
	Organs         int     // of a district
	Places         string  // directory with a real register of places (readPlaces); empty: invented ones
}

// Country is a simulated country. It may be shared by goroutines.
type Country struct {
	Parameters
	tree
	seed     uint64
	from, to day
	calendar *calendar
	registry model.Registry // without units, and what depends on them
	duties   [tiers][]*duty
	further  float64 // posts of a period after the first, on average
}

// mostUnits is what an invented country has in any case.
const mostUnits = 2_000_000

// mostDays bounds the window.
const mostDays = 30 * 366

// sampleUnits is how many units tell what a country's obligations bring, always the same ones.
const sampleUnits = 3000

// New lays out a country. The error says which parameter is wrong and what would be right, or what is wrong with the register of places.
func New(ctx context.Context, p Parameters) (*Country, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	c := &Country{Parameters: p, seed: mix(p.Seed), from: dayOf(p.From), to: dayOf(p.To)}
	c.limit = max(p.Units, sampleUnits)
	if p.Places == "" {
		c.invent(c.seed, p.Organs)
	} else if err := c.readPlaces(ctx, p.Places, p.Organs); err != nil {
		return nil, err
	}
	if len(c.units) < p.Units {
		return nil, fmt.Errorf("--units %d: the country has only %d with %d organs a district", p.Units, len(c.units), p.Organs)
	}
	c.registry.Calendar = exceptions(p.From.Year()-1, p.To.Year()+1)
	c.calendar = newCalendar(c.from, c.to, c.registry.Calendar)
	c.registry.Items = catalogue(p.From)
	for n := range c.registry.Items {
		item := &c.registry.Items[n]
		d := newDuty(item, c.calendar, c.from, c.to)
		for _, code := range item.Tiers {
			for t := range tiers {
				if t.String() == code {
					c.duties[t] = append(c.duties[t], d)
				}
			}
		}
	}
	if err := c.setFurther(); err != nil {
		return nil, err
	}
	c.keepFirst(p.Units)
	c.complete()
	return c, nil
}

func (p Parameters) check() error {
	var problems []error
	wrong := func(format string, values ...any) { problems = append(problems, fmt.Errorf(format, values...)) }
	if p.Units < 1 || p.Units > mostUnits {
		wrong("--units %d; expected a number from 1 to %d, such as 275 for one district", p.Units, mostUnits)
	}
	if p.To.Before(p.From) {
		wrong("--to %s is before --from %s", p.To.Format(time.DateOnly), p.From.Format(time.DateOnly))
	}
	if p.From.Year() < 1975 || p.To.Year() > 2095 {
		wrong("--from %s --to %s; expected days from 1975 to 2095", p.From.Format(time.DateOnly), p.To.Format(time.DateOnly))
	}
	if dayOf(p.To)-dayOf(p.From) > mostDays {
		wrong("--from %s --to %s; expected at most 30 years", p.From.Format(time.DateOnly), p.To.Format(time.DateOnly))
	}
	if p.RecordsPerUnit < 0 || math.IsNaN(p.RecordsPerUnit) || p.RecordsPerUnit > 100_000 {
		wrong("--records-per-unit %g; expected a number from 0 to 100000", p.RecordsPerUnit)
	}
	if p.Organs < 0 || p.Organs > 99 {
		wrong("--organs %d; expected a number from 0 to 99", p.Organs)
	}
	return errors.Join(problems...)
}

// usualFurther is the share of periods with a second post when nothing else is wanted.
const usualFurther = .04

// setFurther finds how many further posts a period must have for the wanted number of records a unit: it grows with them.
func (c *Country) setFurther() error {
	if c.RecordsPerUnit == 0 {
		c.further = usualFurther
		return nil
	}
	perUnit := func(further float64) float64 {
		c.further = further
		units := min(sampleUnits, len(c.units))
		return float64(c.count(originals, 0, units)) / float64(units)
	}
	least := perUnit(0)
	if c.RecordsPerUnit < least {
		return fmt.Errorf("--records-per-unit %g: the obligations of the window bring %.1f; shorten the window for less", c.RecordsPerUnit, math.Ceil(least*10)/10)
	}
	each := perUnit(1) - least
	if each <= 0 {
		return fmt.Errorf("--records-per-unit %g: the window has no periods to post more in; expected %.1f", c.RecordsPerUnit, least)
	}
	c.further = (c.RecordsPerUnit - least) / each
	return nil
}

// count is how many rows the units from first up to end have.
func (c *Country) count(stage stage, first, end int) int {
	t := teller{country: c, stage: stage}
	for at := first; at < end; at++ {
		t.tell(at)
	}
	return t.count
}

// Size is the number of units.
func (c *Country) Size() int { return len(c.units) }
