package facts

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
)

// part is some units that lie together, with the number of what a snapshot stores of them.
type part struct {
	Name   string `ch:"locality"`
	ID     uint64 `ch:"layer_id"`
	Duties uint64 `ch:"duties"`
}

// knownParts are those of a load, which never change: at 700,000 units they take seconds to find.
type knownParts struct {
	load  uint64
	parts []part
}

// partsRemembered is of how many loads: a comparison goes to and fro between two.
const partsRemembered = 2

// parts are those of a load, each with the hash of its duties.
func (s *Facts) parts(ctx context.Context, load uint64) (found []part, err error) {
	if known := s.partsKnown(load); known != nil {
		return known, nil
	}
	text, err := fs.ReadFile(sql.Files, "editions/localities.sql")
	if err != nil {
		return nil, err
	}
	if err := s.Conn().Select(ctx, &found, string(text), clickhouse.NamedNumber("load", load)); err != nil {
		return nil, fmt.Errorf("compare the parts of the registry: %w", err)
	}
	if len(found) == 0 { // a load of before there were parts
		found = []part{{Duties: load}}
	}
	latest := []knownParts{{load, found}}
	if before := s.known.Load(); before != nil {
		latest = append(latest, (*before)[:min(len(*before), partsRemembered-1)]...)
	}
	s.known.Store(&latest)
	return found, nil
}

// partsKnown are those of a load if they are remembered.
func (s *Facts) partsKnown(load uint64) []part {
	if known := s.known.Load(); known != nil {
		for _, of := range *known {
			if of.load == load {
				return of.parts
			}
		}
	}
	return nil
}

// partsWithin are those of a scope: all, one, or the demonstration sites as if they were one.
func (s *Facts) partsWithin(ctx context.Context, load uint64, scope string) ([]part, error) {
	if scope == sitesScope {
		return []part{{Name: sitesScope, Duties: load}}, nil
	}
	all, err := s.parts(ctx, load)
	if err != nil || scope == "" {
		return all, err
	}
	for i, one := range all {
		if one.Name == scope {
			return all[i : i+1 : i+1], nil
		}
	}
	return nil, fmt.Errorf("no part %q", scope)
}

// staleParts are those of a load whose answers may have changed from what a snapshot knew, the last collection of each source, to knownAt.
func (s *Facts) staleParts(ctx context.Context, load uint64, known map[string]uint64, knownAt time.Time) (map[string]bool, error) {
	text, err := sql.Text("editions/stale")
	if err != nil {
		return nil, err
	}
	var roots []struct {
		Root string `ch:"root_id"`
	}
	sources := slices.Sorted(maps.Keys(known))
	latest := make([]uint64, len(sources))
	for i, source := range sources {
		latest[i] = known[source]
	}
	if err := s.Conn().Select(ctx, &roots, text, clickhouse.NamedNumber("load", load), clickhouse.Named("known_at", clickhouse.Epoch(knownAt)),
		clickhouse.Named("sources", sources), clickhouse.Named("latest", clickhouse.Numbers(latest))); err != nil {
		return nil, fmt.Errorf("look for parts that have changed: %w", err)
	}
	stale := map[string]bool{}
	for _, root := range roots {
		stale[root.Root] = true
	}
	return stale, nil
}

// lastCollections are the last collections of each source that had ended by an instant, and under ":notices", ":findings" and ":verdicts" the last
// that was noted of these.
func (s *Facts) lastCollections(ctx context.Context, knownAt time.Time) (latest map[string]uint64, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT mapFromArrays(groupArray(source), groupArray(latest)) FROM (
		SELECT toString(source) AS source, max(collection_id) AS latest FROM collections FINAL
		WHERE outcome IN ('success', 'suspicious', 'failed') AND ended_at <= {known_at:DateTime64(3)} GROUP BY source
		UNION ALL SELECT ':notices', max(event_id) FROM notice_events WHERE noted_at <= {known_at:DateTime64(3)}
		UNION ALL SELECT ':findings', max(report_id) FROM findings WHERE noted_at <= {known_at:DateTime64(3)}
		UNION ALL SELECT ':verdicts', max(event_id) FROM finding_verdicts WHERE noted_at <= {known_at:DateTime64(3)})`, clickhouse.Named("known_at", clickhouse.Epoch(knownAt)))
	if err := row.Scan(&latest); err != nil {
		return nil, fmt.Errorf("find the last collections: %w", err)
	}
	return latest, nil
}

// storedParts are a snapshot's parts by name.
func (s *Facts) storedParts(ctx context.Context, snapshot uint64) (map[string]part, error) {
	var rows []part
	err := s.Conn().Select(ctx, &rows, "SELECT locality, layer_id, duties FROM edition_layers WHERE edition_id = {edition:UInt64}", clickhouse.NamedNumber("edition", snapshot))
	if err != nil {
		return nil, fmt.Errorf("read the parts of a snapshot: %w", err)
	}
	parts := map[string]part{}
	for _, row := range rows {
		parts[row.Name] = row
	}
	return parts, nil
}

// makePart computes and stores a part: its facts, or what a window adds up of stored ones.
func (s *Facts) makePart(ctx context.Context, part part, facts []uint64, load uint64, key snapshotKey, live bool) error {
	question := key.question
	question.Unit = ""
	if key.scope != "" || len(s.partsKnown(load)) != 1 {
		question.Within = part.Name
	}
	known := map[string]string{}
	if live {
		known = sql.AsOfNow()
	}
	shorter, err := s.Instead(ctx, load)
	if err != nil {
		return err
	}
	beginning, err := s.Beginning(ctx, load)
	if err != nil {
		return err
	}
	tables := partTables(key.kind)
	for _, table := range tables {
		instead := map[string]string{}
		if table.from != "" {
			instead[table.from] = "layer_" + table.from
		}
		text, err := sql.Text("editions/"+table.name, known, instead, shorter)
		if err != nil {
			return err
		}
		text = WithoutUnsetFilters(text, question)
		arguments := Arguments(question, text, load, Chosen{Parts: facts, Beginning: beginning})
		if err := s.Conn().Exec(ctx, text, append(arguments, clickhouse.NamedNumber("layer", part.ID))...); err != nil {
			return fmt.Errorf("store the %s of the part %q: %w", table.name, strings.TrimPrefix(part.Name, model.PartPrefix), err)
		}
	}
	return storage.NoteHoldings(ctx, s.Store, part.ID, "layer_id = "+strconv.FormatUint(part.ID, 10), namesOf(tables)...)
}

// partTable is what a part stores in a table, computed by sql/editions/NAME.sql: the view of its name, from another of these tables where it says so.
type partTable struct{ name, table, from string }

// partTables are those of a kind of snapshots.
func partTables(kind string) []partTable {
	if kind == factsKind {
		return []partTable{{"facts", "facts", ""}, {"faults", "faults", ""}}
	}
	return []partTable{
		{"unit_results", "kept_unit_results", ""},
		{"standings", "kept_standings", "unit_results"},
		{"item_totals", "kept_item_totals", ""},
		{"month_totals", "kept_month_totals", ""},
		{"due_totals", "kept_due_totals", ""},
	}
}

func namesOf(tables []partTable) (names []string) {
	for _, of := range tables {
		names = append(names, of.table)
	}
	return names
}
