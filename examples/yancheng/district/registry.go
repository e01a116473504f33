package district

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// unit, item and exemption carry only what the sample needs; the registry's definition is the program's.
type unit struct {
	id, name, short, tier, parent string
	aliases                       []string
	siteSince, from, to           time.Time
}

type item struct {
	id, name, short, cadence, notBefore string
	aliases, tiers, scopes, channels    []string
	dueDays, displayDays                int
	working                             bool
	from, to                            time.Time
}

type exemption struct {
	unit, item string
	from, to   time.Time
}

type registered struct {
	units      []unit
	items      []item
	exemptions []exemption
	notices    []notice
	calendar   calendar
	known      map[string]profile // see known
	names      map[string]string  // unit_id → name
}

func readDistrict(files fs.FS) (*registered, error) {
	d := &registered{calendar: calendar{}, known: known(), names: map[string]string{}}
	reads := []struct {
		file string
		each func(row row) error
	}{
		{"units.csv", d.addUnit},
		{"catalogue.csv", d.addItem},
		{"calendar.csv", d.addDay},
		{"exemptions.csv", d.addExemption},
		{"notices.csv", d.addNotice},
	}
	for _, r := range reads {
		if err := readRows(files, r.file, r.each); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *registered) addUnit(r row) (err error) {
	u := unit{id: r["unit_id"], name: r["name"], short: shortName(r), tier: r["tier"], parent: r["parent_id"], aliases: r.list("aliases")}
	if u.siteSince, err = r.day("demonstration_since"); err != nil {
		return err
	}
	if u.from, u.to, err = r.days("active_from", "active_to"); err != nil {
		return err
	}
	d.units, d.names[u.id] = append(d.units, u), u.name
	return nil
}

func (d *registered) addItem(r row) (err error) {
	i := item{
		id: r["item_id"], name: r["name"], short: r.list("aliases")[0], aliases: r.list("aliases"), cadence: r["cadence"],
		notBefore: r["not_before"], tiers: r.list("tiers"), scopes: r.list("scope"), channels: r.list("channels"),
		working: r["day_kind"] == "working",
	}
	if i.dueDays, err = r.number("due_days"); err != nil {
		return err
	}
	if i.displayDays, err = r.number("display_days"); err != nil {
		return err
	}
	if i.from, i.to, err = r.days("valid_from", "valid_to"); err != nil {
		return err
	}
	d.items = append(d.items, i)
	return nil
}

func (d *registered) addDay(r row) error {
	on, err := r.day("date")
	d.calendar[on] = r["kind"] == "workday"
	return err
}

func (d *registered) addExemption(r row) (err error) {
	e := exemption{unit: r["unit_id"], item: r["item_id"]}
	e.from, e.to, err = r.days("from", "to")
	d.exemptions = append(d.exemptions, e)
	return err
}

// shortName is what titles call a unit: its first alias where the name is an official ending (村民委员会).
func shortName(r row) string {
	if alias := r.list("aliases")[0]; alias != "" && strings.HasSuffix(r["name"], "委员会") {
		return alias
	}
	return r["name"]
}

type row map[string]string

func (r row) list(key string) []string { return strings.Split(r[key], "|") }

func (r row) number(key string) (int, error) {
	if r[key] == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(r[key])
	if err != nil {
		return 0, fmt.Errorf("%s %q: a whole number is needed", key, r[key])
	}
	return n, nil
}

func (r row) day(key string) (time.Time, error) {
	if r[key] == "" {
		return time.Time{}, nil
	}
	on, err := time.Parse(time.DateOnly, r[key])
	if err != nil {
		return time.Time{}, fmt.Errorf("%s %q: a date like 2026-07-01 is needed", key, r[key])
	}
	return on, nil
}

func (r row) days(from, to string) (first, last time.Time, err error) {
	if first, err = r.day(from); err != nil {
		return first, last, err
	}
	last, err = r.day(to)
	return first, last, err
}

func readRows(files fs.FS, name string, each func(row) error) error {
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("read sample registry: %w", err)
	}
	table := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	lines, err := table.ReadAll()
	if err != nil {
		return fmt.Errorf("read sample registry %s: %w", name, err)
	}
	if len(lines) == 0 {
		return fmt.Errorf("read sample registry %s: no header", name)
	}
	for n, line := range lines[1:] {
		r := row{}
		for i, key := range lines[0] {
			r[key] = line[i]
		}
		if err := each(r); err != nil {
			return fmt.Errorf("read sample registry %s, line %d: %w", name, n+2, err)
		}
	}
	return nil
}
