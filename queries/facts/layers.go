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

// layer is what an edition stores of a locality.
type layer struct {
	Locality string `ch:"locality"`
	ID       uint64 `ch:"layer_id"`
	Duties   uint64 `ch:"duties"`
}

// knownLocalities are those of a load, which never change: at 700,000 units they take seconds to find.
type knownLocalities struct {
	load       uint64
	localities []layer
}

// localities are those of a load, each with the hash of its duties.
func (s *Facts) localities(ctx context.Context, load uint64) (found []layer, err error) {
	if known := s.known.Load(); known != nil && known.load == load {
		return known.localities, nil
	}
	defer func() {
		if err == nil {
			s.known.Store(&knownLocalities{load, found})
		}
	}()
	text, err := fs.ReadFile(sql.Files, "editions/localities.sql")
	if err != nil {
		return nil, err
	}
	if err := s.Conn().Select(ctx, &found, string(text), clickhouse.NamedNumber("load", load)); err != nil {
		return nil, fmt.Errorf("compare the localities of the registry: %w", err)
	}
	if len(found) == 0 { // a load of before there were localities
		found = []layer{{Duties: load}}
	}
	return found, nil
}

// localitiesWithin are those of a scope: all, one, or the demonstration sites as if they were one.
func (s *Facts) localitiesWithin(ctx context.Context, load uint64, scope string) ([]layer, error) {
	if scope == sitesScope {
		return []layer{{Locality: sitesScope, Duties: load}}, nil
	}
	all, err := s.localities(ctx, load)
	if err != nil || scope == "" {
		return all, err
	}
	for _, locality := range all {
		if locality.Locality == scope {
			return []layer{locality}, nil
		}
	}
	return nil, fmt.Errorf("no locality %q", scope)
}

// staleLocalities are those of a load whose answers may have changed from what an edition knew, the last collection of each source, to knownAt.
func (s *Facts) staleLocalities(ctx context.Context, load uint64, known map[string]uint64, knownAt time.Time) (map[string]bool, error) {
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
		return nil, fmt.Errorf("look for localities that have changed: %w", err)
	}
	stale := map[string]bool{}
	for _, root := range roots {
		stale[root.Root] = true
	}
	return stale, nil
}

// lastCollections are the last collections of each source that had ended by an instant, and under ":notices" the last event of the register of notices.
func (s *Facts) lastCollections(ctx context.Context, knownAt time.Time) (latest map[string]uint64, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT mapFromArrays(groupArray(source), groupArray(latest)) FROM (
		SELECT toString(source) AS source, max(collection_id) AS latest FROM collections FINAL
		WHERE outcome IN ('success', 'suspicious', 'failed') AND ended_at <= {known_at:DateTime64(3)} GROUP BY source
		UNION ALL SELECT ':notices', max(event_id) FROM notice_events WHERE noted_at <= {known_at:DateTime64(3)})`, clickhouse.Named("known_at", clickhouse.Epoch(knownAt)))
	if err := row.Scan(&latest); err != nil {
		return nil, fmt.Errorf("find the last collections: %w", err)
	}
	return latest, nil
}

// layersOf are an edition's layers by locality.
func (s *Facts) layersOf(ctx context.Context, edition uint64) (map[string]layer, error) {
	var rows []layer
	err := s.Conn().Select(ctx, &rows, "SELECT locality, layer_id, duties FROM edition_layers WHERE edition_id = {edition:UInt64}", clickhouse.NamedNumber("edition", edition))
	if err != nil {
		return nil, fmt.Errorf("read the layers of an edition: %w", err)
	}
	layers := map[string]layer{}
	for _, row := range rows {
		layers[row.Locality] = row
	}
	return layers, nil
}

// makeLayer computes and stores a layer: the facts of a locality, or what a window adds up of the layer of facts.
func (s *Facts) makeLayer(ctx context.Context, layer layer, facts, load uint64, key editionKey, live bool) error {
	question := key.question
	question.Unit = ""
	if key.scope != "" || len(s.known.Load().localitiesOf(load)) != 1 {
		question.Within = layer.Locality
	}
	known := map[string]string{}
	if live {
		known = sql.AsOfNow()
	}
	noted, err := s.Noted(ctx)
	if err != nil {
		return err
	}
	notices := map[string]string{}
	if !noted {
		notices = sql.NoticesOfFile()
	}
	parts := layerParts(key.kind)
	for _, part := range parts {
		instead := map[string]string{}
		if part.from != "" {
			instead[part.from] = "layer_" + part.from
		}
		text, err := sql.Text("editions/"+part.name, known, instead, notices)
		if err != nil {
			return err
		}
		text = WithoutUnsetFilters(text, question)
		if err := s.Conn().Exec(ctx, text, append(Arguments(question, text, load, facts), clickhouse.NamedNumber("layer", layer.ID))...); err != nil {
			return fmt.Errorf("store the %s of the locality %q: %w", part.name, strings.TrimPrefix(layer.Locality, model.LocalityPrefix), err)
		}
	}
	return storage.NoteHoldings(ctx, s.Store, layer.ID, "layer_id = "+strconv.FormatUint(layer.ID, 10), tablesOf(parts)...)
}

// localitiesOf are those of a load if they are known.
func (k *knownLocalities) localitiesOf(load uint64) []layer {
	if k == nil || k.load != load {
		return nil
	}
	return k.localities
}

// layerPart is what a layer stores in a table, computed by sql/editions/NAME.sql: the view of its name, from another part where it says so.
type layerPart struct{ name, table, from string }

// layerParts are those of a kind of editions.
func layerParts(kind string) []layerPart {
	if kind == factsKind {
		return []layerPart{{"facts", "facts", ""}, {"faults", "faults", ""}}
	}
	return []layerPart{
		{"unit_results", "kept_unit_results", ""},
		{"standings", "kept_standings", "unit_results"},
		{"item_totals", "kept_item_totals", ""},
		{"month_totals", "kept_month_totals", ""},
		{"due_totals", "kept_due_totals", ""},
	}
}

func tablesOf(parts []layerPart) (tables []string) {
	for _, part := range parts {
		tables = append(tables, part.table)
	}
	return tables
}
