package queries

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// layer is what an edition keeps of a locality.
type layer struct {
	Locality string `ch:"locality"`
	ID       uint64 `ch:"layer_id"`
	Duties   uint64 `ch:"duties"`
}

// knownLocalities are those of a load, which never change: at 700,000 units they take seconds to tell.
type knownLocalities struct {
	load       uint64
	localities []layer
}

// localities are those of a load, each with the hash of its duties.
func (s *Store) localities(ctx context.Context, load uint64) (found []layer, err error) {
	if known := s.known.Load(); known != nil && known.load == load {
		return known.localities, nil
	}
	defer func() {
		if err == nil {
			s.known.Store(&knownLocalities{load, found})
		}
	}()
	text, err := fs.ReadFile(sqlFiles, "sql/editions/localities.sql")
	if err != nil {
		return nil, err
	}
	if err := s.Conn().Select(ctx, &found, string(text), named("load", load)); err != nil {
		return nil, fmt.Errorf("compare the localities of the registry: %w", err)
	}
	return found, nil
}

// staleLocalities are those of a load whose answers may have changed since an edition knew them, until knownAt.
func (s *Store) staleLocalities(ctx context.Context, load uint64, since, knownAt time.Time) (map[string]bool, error) {
	text, err := questionText("editions/stale")
	if err != nil {
		return nil, err
	}
	var roots []struct {
		Root string `ch:"root_id"`
	}
	if err := s.Conn().Select(ctx, &roots, text, named("load", load),
		clickhouse.Named("since", epoch(since.Add(-s.clockTolerance))), clickhouse.Named("known_at", epoch(knownAt))); err != nil {
		return nil, fmt.Errorf("look for localities that have changed: %w", err)
	}
	stale := map[string]bool{}
	for _, root := range roots {
		stale[root.Root] = true
	}
	return stale, nil
}

// defaultClockTolerance is by how much the clocks of ClickHouse and of collecting machines may differ; what changed so shortly before an edition is
// told once more by the next.
const defaultClockTolerance = 10 * time.Second

// layersOf are an edition's layers by locality.
func (s *Store) layersOf(ctx context.Context, edition uint64) (map[string]layer, error) {
	var rows []layer
	err := s.Conn().Select(ctx, &rows, "SELECT locality, layer_id, duties FROM edition_layers WHERE edition_id = {edition:UInt64}", named("edition", edition))
	if err != nil {
		return nil, fmt.Errorf("read the layers of an edition: %w", err)
	}
	layers := map[string]layer{}
	for _, row := range rows {
		layers[row.Locality] = row
	}
	return layers, nil
}

// makeLayer tells a locality's obligations, results, standings and totals and keeps them as a layer.
func (s *Store) makeLayer(ctx context.Context, layer layer, load uint64, question Question, live bool) error {
	question.Within, question.Unit = layer.Locality, ""
	known := map[string]string{}
	if live {
		known = asOfNow()
	}
	for _, part := range layerParts() {
		instead := map[string]string{}
		if part.from != "" {
			instead[part.from] = "layer_" + part.from
		}
		text, err := questionText("editions/"+part.name, known, instead)
		if err != nil {
			return err
		}
		text = lean(text, question)
		if err := s.Conn().Exec(ctx, text, append(question.arguments(text, load), named("layer", layer.ID))...); err != nil {
			return fmt.Errorf("keep the %s of the locality %q: %w", part.name, strings.TrimPrefix(layer.Locality, localityPrefix), err)
		}
	}
	return s.noteHoldings(ctx, layer.ID, "layer_id = "+strconv.FormatUint(layer.ID, 10), layerTables()...)
}

// layerPart is what a layer keeps in the table kept_NAME, told by sql/editions/NAME.sql: the view of its name, from another part where it says so.
type layerPart struct{ name, from string }

func layerParts() []layerPart {
	return []layerPart{
		{"obligations", ""},
		{"unit_results", "obligations"},
		{"standings", "unit_results"},
		{"item_totals", "obligations"},
		{"month_totals", "obligations"},
		{"due_totals", "obligations"},
	}
}

// layerTables are those with rows of layers.
func layerTables() (tables []string) {
	for _, part := range layerParts() {
		tables = append(tables, "kept_"+part.name)
	}
	return tables
}

func named(name string, value uint64) any {
	return clickhouse.Named(name, strconv.FormatUint(value, 10))
}
