package country

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/queries/model"
)

// source gives the records of one stage of a province's ledgers without their being written and read.
type source struct {
	country *Country
	name    string
	hash    string
	files   []file
}

var _ collector.Configured = source{}

// Sources are the country's sources in the order in which they are to be collected, two for each province under one name: what was
// entered first, and the corrections. Collected so, the database holds what collecting the written ledgers would give it.
func (c *Country) Sources() ([]collector.Source, error) {
	described, err := json.Marshal(c.Parameters)
	if err != nil {
		return nil, fmt.Errorf("describe the simulation: %w", err)
	}
	var sources []collector.Source
	for _, p := range c.provinces {
		for stage, files := range [][]file{p.files, {c.correctionsOf(p)}} {
			sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", described, p.unit, stage))
			sources = append(sources, source{c, c.sourceName(p), hex.EncodeToString(sum[:16]), files})
		}
	}
	return sources, nil
}

func (s source) Name() string   { return s.name }
func (s source) Kind() string   { return ledger.Kind }
func (s source) Online() bool   { return false }
func (s source) Steps() bool    { return true }
func (s source) Complete() bool { return false }

// ConfigHash is of the country and the stage.
func (s source) ConfigHash() string { return s.hash }

// Covers is not asked: Country.Covers tells it for all.
func (s source) Covers(model.Registry) ([]model.Cover, error) {
	return nil, fmt.Errorf("%s is simulated; its country tells what it covers", s.name)
}

// rowsPerChunk is about how many rows are made at a time.
const rowsPerChunk = 2000

// Collect hands over the rows in the order of the ledgers. They are counted here and made by the sink's workers.
func (s source) Collect(ctx context.Context, sink collector.Sink) error {
	for _, f := range s.files {
		line, counted := headerLines+1, teller{country: s.country, stage: f.stage()}
		for first, at := f.first, f.first; at < f.end; at++ {
			counted.tell(at)
			if counted.count < rowsPerChunk && at+1 < f.end {
				continue
			}
			made := chunk{s.country, f, first, at + 1, line}
			if err := sink.Rows(ctx, counted.count, made.adapt); err != nil {
				return err
			}
			line, first = line+counted.count, at+1
			counted.count = 0
		}
		sink.Page()
	}
	return nil
}

// chunk is the rows of the units from first up to end, of which the first row stands in a line of a ledger.
type chunk struct {
	country    *Country
	file       file
	first, end int
	line       int
}

// adapt makes the rows.
func (c chunk) adapt(into *collector.Chunk) {
	var place []byte
	n := 0
	t := teller{country: c.country, stage: c.file.stage()}
	t.each = func(r *record.Record) {
		r.Complete()
		place = append(append(place[:0], c.file.path...), ':')
		place = strconv.AppendInt(place, int64(c.line+n), 10)
		into.Record(n, t.texts.keepBytes(place), r)
		n++
	}
	for at := c.first; at < c.end; at++ {
		t.tell(at)
	}
}
