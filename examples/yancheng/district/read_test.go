package district

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	collected "yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
)

// reader reads the generated ledgers with the program's own packages, as the sources in yangguang.yaml say.
type reader struct {
	t        *testing.T
	resolver *collected.Resolver
	cadences map[string]string
	rows     int
	rejected []string
	ids      map[string]bool
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{t: t, cadences: map[string]string{}, ids: map[string]bool{}}
	var registry model.Registry
	for _, u := range rows(t, "units.csv") {
		registry.Units = append(registry.Units, model.Unit{
			ID: u["unit_id"], Name: u["name"], Tier: u["tier"], ParentID: u["parent_id"], Aliases: u.list("aliases"),
		})
	}
	for _, i := range rows(t, "catalogue.csv") {
		registry.Items = append(registry.Items, model.Item{
			ID: i["item_id"], Name: i["name"], Cadence: i["cadence"], Aliases: i.list("aliases"),
		})
		r.cadences[i["item_id"]] = i["cadence"]
	}
	r.resolver = collected.NewResolver(registry)
	return r
}

func (r *reader) read(path, within string) {
	r.t.Helper()
	columns := collected.Columns()
	for key, own := range map[string]string{"unit": "村社区名称", "published_on": "公开时间"} {
		for at := range columns {
			if columns[at].Key == key {
				columns[at].Names = append(columns[at].Names, own)
			}
		}
	}
	rules := collected.Rules{Resolver: r.resolver, Within: within, Steps: true}
	err := table.ReadFile(r.t.Context(), path, table.Header{Columns: columns}, func(row table.Row) error {
		r.rows++
		got, problem := collected.Adapt(collected.FieldsOf(row), rules)
		if problem != nil {
			r.rejected = append(r.rejected, problem.Field)
			return nil
		}
		r.ids[got.RecordID] = true
		r.checkPeriod(got)
		return nil
	})
	if err != nil {
		r.t.Error(err)
	}
}

// checkPeriod compares what a written period is read as with the period in the record's id.
func (r *reader) checkPeriod(got collected.Record) {
	if got.PeriodTo.IsZero() || !strings.HasPrefix(got.RecordID, got.UnitID+"-"+got.ItemID+"-") {
		return
	}
	said := strings.TrimPrefix(got.RecordID, got.UnitID+"-"+got.ItemID+"-")
	for _, p := range periods(r.cadences[got.ItemID], got.PeriodTo) {
		if covers(p.first, p.last, got.PeriodTo) && !strings.HasPrefix(said, p.key()) {
			r.t.Errorf("%s: %q is read as %s", got.RecordID, got.Period, p.key())
		}
	}
}

func TestLedgersReadAsIntended(t *testing.T) {
	dir := t.TempDir()
	written, err := Write(t.Context(), os.DirFS("../registry"), dir, lastDay())
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	for _, pattern := range []string{"*.csv", "*/*.csv", "villages/*.xlsx"} {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			within := ""
			if town, isWorkbook := strings.CutSuffix(filepath.Base(file), ".xlsx"); isWorkbook {
				within = town
			}
			r.read(file, within)
		}
	}
	if r.rows != written.Rows {
		t.Errorf("%d rows read, %d written", r.rows, written.Rows)
	}
	if len(r.rejected) != 18 {
		t.Errorf("%d rows rejected for %v, want the 17 planted and one correction", len(r.rejected), r.rejected)
	}
	if again := r.rows - len(r.rejected) - len(r.ids); again < 10 || again > 60 {
		t.Errorf("%d rows correct an earlier one, want 10 to 60", again)
	}
}
