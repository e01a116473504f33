package ledger_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// district is a small registry with two villages of one name.
func district() model.Registry {
	return model.Registry{
		Units: []model.Unit{
			{ID: "C1", Name: "区委", Tier: "committee"},
			{ID: "T1", Name: "龙城镇", Tier: "town", ParentID: "C1"},
			{ID: "T2", Name: "新店镇", Tier: "town", ParentID: "C1"},
			{ID: "V1", Name: "大张村村委会", Tier: "village", ParentID: "T1", Aliases: []string{"大张村"}},
			{ID: "V2", Name: "大张村村委会", Tier: "village", ParentID: "T2", Aliases: []string{"大张村"}},
			{ID: "V3", Name: "小李村村委会", Tier: "village", ParentID: "T1"},
		},
		Items: []model.Item{
			{ID: "G1", Name: "党费收缴", Cadence: "quarterly", Tiers: []string{"town", "village"}, Aliases: []string{"党费"}},
			{ID: "G2", Name: "发展党员", Cadence: "event", Tiers: []string{"town", "village"}},
			{ID: "G3", Name: "职责", Cadence: "standing", Tiers: []string{"town", "village"}},
		},
	}
}

// place is a folder of ledgers, a database and a clock.
type place struct {
	t        *testing.T
	folder   string
	store    *ask.Asker
	registry model.Registry
	now      time.Time
}

func newPlace(t *testing.T) *place {
	t.Helper()
	return &place{t: t, folder: t.TempDir(), store: querytest.Store(t), registry: district(), now: time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)}
}

// write puts a file into the folder, as if it had been there for a while.
func (p *place) write(name, text string) {
	p.t.Helper()
	path, written := filepath.Join(p.folder, name), time.Now().Add(-time.Minute)
	if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, written, written)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) remove(name string) {
	p.t.Helper()
	if err := os.Remove(filepath.Join(p.folder, name)); err != nil {
		p.t.Fatal(err)
	}
}

// collector's clock goes on by a day with every call of tomorrow.
func (p *place) collector() *collector.Collector {
	return collector.New(collector.Options{
		Store: p.store.Store, Resolver: record.NewResolver(p.registry), Zone: time.FixedZone("CST", 8*3600),
		Clock: func() time.Time { return p.now },
		Batch: 1000, // so that a short ledger takes many inserts
	})
}

func (p *place) tomorrow() {
	p.now = p.now.AddDate(0, 0, 1)
}

func (p *place) source(config ledger.Config) *ledger.Ledger {
	p.t.Helper()
	if config.Name == "" {
		config.Name = "ledgers"
	}
	if config.Path == "" {
		config.Path = "*.csv"
	}
	source, err := ledger.New(config, p.folder)
	if err != nil {
		p.t.Fatal(err)
	}
	return source
}

// collect collects and says new/changed/unchanged/rejected/withdrawn.
func (p *place) collect(config ledger.Config) ([5]uint64, error) {
	p.t.Helper()
	summary, err := p.collector().Collect(context.Background(), p.source(config), nil)
	counts := [5]uint64{summary.New, summary.Changed, summary.Unchanged, summary.Rejected, summary.Withdrawn}
	if summary.Read != counts[0]+counts[1]+counts[2]+counts[3] {
		p.t.Errorf("read %d is not new + changed + unchanged + rejected of %v", summary.Read, counts)
	}
	return counts, err
}

// mustCollect is collect for collections that succeed.
func (p *place) mustCollect(config ledger.Config) [5]uint64 {
	p.t.Helper()
	counts, err := p.collect(config)
	if err != nil {
		p.t.Fatal(err)
	}
	return counts
}

// collectSuspicious is collect for collections that read their source and are no look.
func (p *place) collectSuspicious(config ledger.Config) [5]uint64 {
	p.t.Helper()
	counts, err := p.collect(config)
	if !errors.Is(err, collector.ErrSuspicious) {
		p.t.Fatalf("got %v, want a suspicious collection", err)
	}
	return counts
}

// lines reads an answer of one text column.
func (p *place) lines(query string) []string {
	p.t.Helper()
	rows, err := p.store.Conn().Query(context.Background(), query)
	if err != nil {
		p.t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			p.t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		p.t.Fatal(err)
	}
	return lines
}

// inForce lists the versions in force: record_id, unit, item, title, published_on.
func (p *place) inForce() []string {
	p.t.Helper()
	return p.lines(`SELECT concatWithSeparator(' ', record_id, unit_id, item_id, title, toString(published_on), ifNull('withdrawn ' || toString(withdrawn_on), ''))
		FROM (SELECT * FROM record_versions ORDER BY source, record_id, version DESC LIMIT 1 BY source, record_id) ORDER BY record_id`)
}

func (p *place) versions() []string {
	p.t.Helper()
	return p.lines("SELECT concatWithSeparator(' ', record_id, title) FROM record_versions ORDER BY record_id, version")
}

// rejects lists the rejected rows in force: place and reason.
func (p *place) rejects() []string {
	p.t.Helper()
	return p.lines(`SELECT place || ' ' || reason FROM rejected_rows WHERE collection_id = (
		SELECT max(collection_id) FROM collections FINAL WHERE outcome IN ('success', 'suspicious', 'failed')) ORDER BY place`)
}

const header = "record_id,unit,parent,item,title,event_id,period,occurred_on,proposed_on,reviewed_on,approved_on,published_on,uploaded_on,withdrawn_on,scope,channel,url\n"

// ledgerOf is a CSV ledger of rows "record_id unit parent item title period published_on"; "-" is an empty cell.
func ledgerOf(rows ...string) string {
	var b strings.Builder
	b.WriteString(header)
	for _, row := range rows {
		cells := strings.Fields(row)
		for i, cell := range cells {
			if cell == "-" {
				cells[i] = ""
			}
		}
		b.WriteString(strings.Join([]string{
			cells[0], cells[1], cells[2], cells[3], cells[4], "", cells[5], "", "", "", "", cells[6], "", "", "society", "board", "",
		}, ",") + "\n")
	}
	return b.String()
}
