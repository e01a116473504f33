package country

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/collector/registry"
)

func civil(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// year is 2026 in a country of so many units.
func year(units int) Parameters {
	return Parameters{Units: units, From: civil(2026, 1, 1), To: civil(2026, 12, 31), Seed: 7, Organs: 60}
}

func laidOut(t *testing.T, p Parameters) *Country {
	t.Helper()
	c, err := New(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// told is every record of a stage in order.
func told(c *Country, stage stage, first, end int) (all []record.Record) {
	teller := teller{country: c, stage: stage, each: func(r *record.Record) { all = append(all, *r) }}
	for at := first; at < end; at++ {
		teller.tell(at)
	}
	return all
}

func written(t *testing.T, c *Country, workers int) map[string]string {
	t.Helper()
	dir := t.TempDir()
	d := Directory{Path: dir, Workers: workers}
	if err := c.Prepare(d); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteLedgers(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameBytesWhateverTheWorkers(t *testing.T) {
	one, four := written(t, laidOut(t, year(6000)), 1), written(t, laidOut(t, year(6000)), 4)
	if len(one) < 12 || len(one) != len(four) {
		t.Fatalf("%d files by one worker, %d by four", len(one), len(four))
	}
	for name, content := range one {
		if four[name] != content {
			t.Errorf("%s differs", name)
		}
	}
	other := year(6000)
	other.Seed = 8
	if written(t, laidOut(t, other), 1)["/registry/units.csv"] == one["/registry/units.csv"] {
		t.Error("another seed gives the same units")
	}
}

func TestALargerCountryBeginsWithTheSmallerOne(t *testing.T) {
	for name, perUnit := range map[string]float64{"as it comes": 0, "with a wanted average": 70} {
		t.Run(name, func(t *testing.T) {
			p := year(275)
			p.RecordsPerUnit = perUnit
			small := laidOut(t, p)
			p.Units = 9000
			large := laidOut(t, p)
			if diff := cmp.Diff(told(small, originals, 0, 275), told(large, originals, 0, 275)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnits(t *testing.T) {
	t.Run("275 are one district with its city and province", func(t *testing.T) {
		c := laidOut(t, year(276))
		count := map[string]int{}
		for _, u := range c.units[:275] {
			count[u.tier.String()]++
		}
		if count["committee"] != 3 || count["discipline"] != 1 || count["organ"] != 60 || count["town"]+count["subdistrict"] != 13 || count["village"]+count["community"] != 198 {
			t.Error(count)
		}
		if next := c.units[275]; next.tier != committee || next.id != "X110102" {
			t.Errorf("the 276th is %+v", next)
		}
	})
	t.Run("the shares are China's", func(t *testing.T) {
		c := laidOut(t, year(200_000))
		count := [tiers]float64{}
		for _, u := range c.units {
			count[u.tier]++
		}
		towns := count[town] + count[subdistrict]
		for name, share := range map[string]struct{ got, want float64 }{
			"towns a district": {towns / count[discipline], 41352. / 2978}, "villages a town": {(count[village] + count[community]) / towns, 620573. / 41352},
		} {
			if share.got < .93*share.want || share.got > 1.07*share.want {
				t.Errorf("%s: %.2f, China has %.2f", name, share.got, share.want)
			}
		}
	})
	t.Run("every size ends in whole ledgers", func(t *testing.T) {
		all := laidOut(t, year(60_000))
		for _, units := range []int{1, 2, 3, all.provinces[1].unit + 1, all.provinces[1].unit, 60_000} {
			c := laidOut(t, year(units))
			next := 0
			for _, p := range c.provinces {
				for _, f := range p.files {
					if f.first != next || f.end <= f.first {
						t.Fatalf("%d units: %s has %d to %d, after %d", units, f.path, f.first, f.end, next)
					}
					next = f.end
				}
			}
			if next != units || c.Size() != units {
				t.Errorf("%d units: the ledgers have %d", units, next)
			}
		}
	})
}

func TestRegistryFilesSayWhatTheRegistrySays(t *testing.T) {
	c := laidOut(t, year(1200))
	dir := t.TempDir()
	if err := c.Prepare(Directory{Path: dir}); err != nil {
		t.Fatal(err)
	}
	path := func(name string) string { return filepath.Join(dir, "registry", name+".csv") }
	read, err := registry.Load(t.Context(), registry.Files{
		Units: path("units"), Catalogue: path("catalogue"), Calendar: path("calendar"), Exemptions: path("exemptions"), SiteScores: path("site_scores"),
		Observations: path("observations"), Notices: path("notices"), Institutions: path("institutions"),
	}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.Registry(), read); diff != "" {
		t.Errorf("(-told +read):\n%s", diff)
	}
	if len(read.Exemptions) == 0 || len(read.Notices) == 0 || len(read.SiteScores) == 0 || len(read.Institutions) == 0 {
		t.Error("supervision is missing")
	}
	var sources []collector.Source
	for _, p := range c.provinces {
		source, err := ledger.New(ledger.Config{Name: c.sourceName(p), Path: "ledgers/" + c.units[p.unit].id + "/*.csv", Within: c.units[p.unit].id}, dir)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, source)
	}
	covers, err := collector.Covers(sources, read)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(covers, c.Covers(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("what the sources cover (-read +told):\n%s", diff)
	}
}

func TestRecordsPerUnit(t *testing.T) {
	p := year(9000)
	p.RecordsPerUnit = 120
	c := laidOut(t, p)
	if got := float64(c.count(originals, 0, c.Size())) / float64(c.Size()); got < 108 || got > 132 {
		t.Errorf("%.1f records a unit, want about 120", got)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Parameters)
		says   string
	}{
		"no units":                  {func(p *Parameters) { p.Units = 0 }, "--units 0"},
		"more than there can be":    {func(p *Parameters) { p.Units = 50_000_000 }, "from 1 to 2000000"},
		"a window that ends first":  {func(p *Parameters) { p.To = civil(2025, 12, 31) }, "--to 2025-12-31 is before --from 2026-01-01"},
		"a window of a lifetime":    {func(p *Parameters) { p.To = civil(2090, 1, 1) }, "at most 30 years"},
		"a year beyond the known":   {func(p *Parameters) { p.To = civil(2190, 1, 1) }, "from 1975 to 2095"},
		"less records than are due": {func(p *Parameters) { p.RecordsPerUnit = 3 }, "the obligations of the window bring"},
		"negative records":          {func(p *Parameters) { p.RecordsPerUnit = -1 }, "--records-per-unit -1"},
		"too many organs":           {func(p *Parameters) { p.Organs = 100 }, "--organs 100"},
		"places that are not there": {func(p *Parameters) { p.Places = "nowhere" }, "nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			p := year(275)
			c.change(&p)
			_, err := New(t.Context(), p)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
}

func TestPrepareRefusesADirectoryWithSomethingElse(t *testing.T) {
	dir := t.TempDir()
	c := laidOut(t, year(275))
	for range 2 {
		if err := c.Prepare(Directory{Path: dir}); err != nil {
			t.Fatalf("the same country: %v", err)
		}
	}
	if err := laidOut(t, year(276)).Prepare(Directory{Path: dir}); !errors.Is(err, ErrOtherCountry) {
		t.Errorf("another country: %v", err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Prepare(Directory{Path: foreign}); !errors.Is(err, ErrOtherCountry) {
		t.Errorf("somebody's directory: %v", err)
	}
}

func TestWritingStopsWithItsContext(t *testing.T) {
	c := laidOut(t, year(3000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := c.WriteLedgers(ctx, Directory{Path: dir, Workers: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}
