package district

import (
	"os"
	"testing"
	"time"
)

// picture is a rough count of how the sample behaves in 2026; the definitions are the program's, not these.
type picture struct{ due, onTime, late, lapsed int }

func (p picture) rate(n int) float64 { return float64(n) / float64(p.due) }

func pictures(t *testing.T, d *registered, through time.Time) map[string]*picture {
	t.Helper()
	published := map[string]time.Time{} // unit, item, period → first publication
	all := map[string]*picture{}
	for _, r := range d.records(through) {
		known, in := r.knownThrough(through)
		if !in || known.published.IsZero() {
			continue
		}
		if first, seen := published[r.id]; !seen || known.published.Before(first) {
			published[r.id] = known.published
		}
	}
	for _, u := range d.units {
		all[u.id] = &picture{}
		if !covers(u.from, u.to, through) {
			continue
		}
		for _, i := range d.items {
			for _, p := range periods(i.cadence, through) {
				due := d.calendar.due(p.last, i.dueDays, i.working)
				if !owes(u, i, p.last) || d.exempt(u, i, due) || due.Year() != 2026 || !due.Before(through) {
					continue
				}
				seen := all[u.id]
				seen.due++
				switch on, met := published[u.id+"-"+i.id+"-"+p.key()]; {
				case !met:
					seen.lapsed++
				case on.After(due):
					seen.late++
				default:
					seen.onTime++
				}
			}
		}
	}
	return all
}

// The sample is a district that mostly does its duty: a couple of dozen units have lapses, the rest do not.
func TestSampleLooksLikeADistrict(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	organs, lapsing, worst := picture{}, 0, 1.0
	for id, p := range pictures(t, d, day(2026, time.November, 22)) {
		if p.lapsed > 0 {
			lapsing++
			t.Logf("%s %s %+v", id, d.names[id], *p)
		}
		if d.unitOf(id).tier == "organ" {
			organs.due += p.due
			organs.onTime += p.onTime
		}
		if p.due > 0 {
			worst = min(worst, p.rate(p.onTime))
		}
	}
	if lapsing < 20 || lapsing > 32 {
		t.Errorf("%d units have lapses, want 20 to 32", lapsing)
	}
	if share := organs.rate(organs.onTime); share < .92 || share > .98 {
		t.Errorf("organs are on time for %.3f, want about .95", share)
	}
	if worst > .7 {
		t.Errorf("the worst unit is on time for %.3f: nobody fails", worst)
	}
}

func TestSlippingTownFallsInMidYear(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	spring := pictures(t, d, day(2026, time.June, 1))[slippingTown]
	autumn := pictures(t, d, day(2026, time.November, 22))[slippingTown]
	if spring.lapsed > 0 || autumn.lapsed < 4 {
		t.Errorf("lapsed in spring %d, in autumn %d; want none and at least four", spring.lapsed, autumn.lapsed)
	}
}
