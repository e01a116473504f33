package district

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func lastDay() time.Time { return day(2026, time.November, 22) }

func write(t *testing.T, through time.Time) (map[string][]byte, Written) {
	t.Helper()
	dir := t.TempDir()
	written, err := Write(t.Context(), os.DirFS("../registry"), dir, through)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, written
}

func TestSameBytesEveryTime(t *testing.T) {
	first, _ := write(t, lastDay())
	second, _ := write(t, lastDay().Add(15*time.Hour))
	for name := range first {
		if string(first[name]) != string(second[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
}

func TestSizeOfTheSample(t *testing.T) {
	files, written := write(t, lastDay())
	if written.Files != len(files) || written.Files < 15 {
		t.Errorf("%d ledgers reported, %d written", written.Files, len(files))
	}
	if written.Rows < 12_000 || written.Rows > 20_000 {
		t.Errorf("%d rows, want 12,000 to 20,000", written.Rows)
	}
	for name, content := range files {
		if len(content) == 0 || len(content) > 1<<20 {
			t.Errorf("%s has %d bytes", name, len(content))
		}
	}
}

func TestLaterLastDayKeepsEarlierRows(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	later := map[string]time.Time{}
	for _, r := range d.records(lastDay()) {
		later[r.id+r.title] = r.published
	}
	for _, r := range d.records(day(2026, time.March, 31)) {
		if on, kept := later[r.id+r.title]; !kept || !on.Equal(r.published) {
			t.Fatalf("%s was published on %s, and by a later last day on %s", r.id, iso(r.published), iso(on))
		}
	}
}

func TestRecordIDsAreUnique(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range slices.Concat(d.records(lastDay()), d.homonyms(), d.rejects()) {
		if seen[r.id] {
			t.Errorf("record id %s is used twice", r.id)
		}
		seen[r.id] = true
	}
}

func TestNothingIsDatedAfterTheLastDay(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	through := day(2026, time.May, 6)
	for _, r := range d.records(through) {
		known, in := r.knownThrough(through)
		if !in {
			continue
		}
		for _, on := range []time.Time{known.occurred, known.approved, known.published, known.uploaded, known.withdrawn} {
			if on.After(through) {
				t.Fatalf("%s knows %s", r.id, iso(on))
			}
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	units := "unit_id,name,tier,parent_id,members,aliases,contact,demonstration_since,stars,active_from,active_to\n"
	cases := map[string]struct {
		registry fs.FS
		through  time.Time
		says     string
	}{
		"a last day before the ledgers begin": {os.DirFS("../registry"), day(2024, time.December, 31), "2025-01-01"},
		"a registry without units":            {fstest.MapFS{}, lastDay(), "units.csv"},
		"an impossible date": {
			fstest.MapFS{"units.csv": {Data: []byte(units + "A,甲,organ,,1,,,2026-02-30,,,\n")}},
			lastDay(),
			"units.csv, line 2: demonstration_since",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Write(t.Context(), c.registry, t.TempDir(), c.through)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that names %q", err, c.says)
			}
		})
	}
}

func TestWriteStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Write(ctx, os.DirFS("../registry"), t.TempDir(), lastDay())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestPeriodsAndTheirNames(t *testing.T) {
	through := day(2025, time.December, 31)
	got := map[string][]string{}
	for _, cadence := range []string{"monthly", "quarterly", "semiannual", "annual", "event", "standing"} {
		for _, p := range periods(cadence, through) {
			got[cadence] = append(got[cadence], p.key()+" "+p.chinese())
		}
	}
	got["monthly"] = got["monthly"][:2]
	want := map[string][]string{
		"monthly":    {"2025-01 2025年1月", "2025-02 2025年2月"},
		"quarterly":  {"2025Q1 2025年第一季度", "2025Q2 2025年第二季度", "2025Q3 2025年第三季度", "2025Q4 2025年第四季度"},
		"semiannual": {"2025H1 2025年上半年", "2025H2 2025年下半年"},
		"annual":     {"2025 2025年度"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDue(t *testing.T) {
	d, err := readDistrict(os.DirFS("../registry"))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		on      time.Time
		days    int
		working bool
		want    string
	}{
		"natural":                      {day(2026, 9, 30), 15, false, "2026-10-15"},
		"the day itself":               {day(2026, 9, 30), 0, true, "2026-09-30"},
		"working over National Day":    {day(2026, 9, 30), 1, true, "2026-10-08"},
		"with a Saturday made up":      {day(2026, 10, 9), 1, true, "2026-10-10"},
		"working over Spring Festival": {day(2026, 2, 14), 5, true, "2026-02-28"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := iso(d.calendar.due(c.on, c.days, c.working)); got != c.want {
				t.Errorf("due %s, want %s", got, c.want)
			}
		})
	}
}
