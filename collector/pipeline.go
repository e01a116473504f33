package collector

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/record"
	"yangguang/queries/records"
)

const (
	// recordsPerBatch keeps a few batches, and what the driver makes of them, well below 300 MB; larger ones are hardly faster.
	recordsPerBatch = 20_000
	rejectsPerBatch = 5_000
	// contentsPerBatch is in bytes: raw contents are of any length.
	contentsPerBatch = 4 << 20
	// mostWorkers bounds the memory on machines with many cores.
	mostWorkers = 4
)

// pipeline is the Sink of one collection: rows are numbered as they come and adapted, gathered and inserted by workers, so
// that reading, resolving and storing overlap. The number, not the order of insertion, says which row is the later one.
type pipeline struct {
	collection *records.Collection
	rules      record.Rules
	walk       *Walk
	progress   Progress
	work       chan rows
	workers    *errgroup.Group
	batch      int             // records inserted at a time
	failed     <-chan struct{} // a worker cannot go on
	next       uint64          // version of the next row
	list       string          // that the rows before it are of
	bytes      uint64
	pages      uint64
	read       atomic.Uint64
	remarks    remarks
	leftOut    []records.RejectedRow // waiting
}

type rows struct {
	first uint64 // version
	above uint64 // rows above them in the list
	count int
	adapt func(*Chunk)
}

// ErrStorage is what Sink.Rows says when rows can no longer be stored; the collection fails with the cause.
var ErrStorage = errors.New("the rows cannot be stored")

func newPipeline(ctx context.Context, collection *records.Collection, rules record.Rules, walk *Walk, progress Progress, batch int) *pipeline {
	workers, workersContext := errgroup.WithContext(ctx)
	p := &pipeline{
		collection: collection, rules: rules, walk: walk, progress: progress, work: make(chan rows, 1), workers: workers,
		failed: workersContext.Done(), next: collection.FirstVersion, batch: batch,
	}
	// One more than there are cores: while one waits for ClickHouse, the others have the cores to themselves.
	for range min(runtime.GOMAXPROCS(0)+1, mostWorkers) {
		workers.Go(func() error { return p.store(workersContext) })
	}
	return p
}

// store adapts rows and inserts what has gathered, until there are no more.
func (p *pipeline) store(ctx context.Context) error {
	chunk := &Chunk{batch: records.NewBatch(p.batch + p.batch/8), evidence: evidence{p.collection, p.rules.Online}, shownOn: p.rules.ShownOn}
	for rows := range p.work {
		if ctx.Err() != nil {
			continue // drain, so that the source does not wait for ever
		}
		chunk.first, chunk.above, chunk.put = rows.first, rows.above, 0
		rows.adapt(chunk)
		chunk.settle()
		p.read.Add(uint64(rows.count))
		if err := p.insert(ctx, chunk, p.batch, rejectsPerBatch, contentsPerBatch); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.insert(ctx, chunk, 1, 1, 0)
}

// insert stages the chunk's records, rejects and bytes of raw contents when there are at least so many.
func (p *pipeline) insert(ctx context.Context, chunk *Chunk, records, rejects, contents int) error {
	if chunk.keptSize >= contents {
		if err := p.collection.StageContents(ctx, chunk.kept); err != nil {
			return err
		}
		clear(chunk.kept)
		chunk.kept, chunk.keptSize = chunk.kept[:0], 0
	}
	if chunk.batch.Len() >= records {
		if err := p.collection.StageRecords(ctx, chunk.batch); err != nil {
			return err
		}
		chunk.batch.Reset()
	}
	if len(chunk.rejects) >= rejects {
		if err := p.collection.StageRejects(ctx, chunk.rejects); err != nil {
			return err
		}
		clear(chunk.rejects)
		chunk.rejects = chunk.rejects[:0]
	}
	return nil
}

// finish waits for the workers. The source must not be reading any more.
func (p *pipeline) finish(ctx context.Context) error {
	problem := p.flush(ctx, 1)
	close(p.work)
	return cmp.Or(p.workers.Wait(), problem)
}

func (p *pipeline) Rules() record.Rules {
	return p.rules
}

func (p *pipeline) Rows(ctx context.Context, count int, adapt func(*Chunk)) error {
	if err := p.hand(ctx, count, adapt); err != nil {
		return err
	}
	if p.progress != nil {
		p.progress.Advance(0, count)
	}
	return p.flush(ctx, rejectsPerBatch)
}

// LeftOut notes a row that the source's configuration leaves out: it is neither read nor rejected, and known when it comes again.
func (p *pipeline) LeftOut(place, reason, content string) {
	p.note()
	p.leftOut = append(p.leftOut, records.RejectedRow{Place: place, Reason: reason, Content: content, Number: p.next, LeftOut: true})
	p.next++
}

// flush hands the rows over that were left out, when there are at least so many.
func (p *pipeline) flush(ctx context.Context, least int) error {
	if len(p.leftOut) < max(least, 1) {
		return nil
	}
	waiting := p.leftOut
	p.leftOut = nil
	return p.hand(ctx, 0, func(chunk *Chunk) { chunk.rejects = append(chunk.rejects, waiting...) })
}

// note notes of which list the next row is.
func (p *pipeline) note() {
	if p.list != p.walk.list {
		p.list = p.walk.list
		p.collection.List(p.list, p.next)
	}
}

func (p *pipeline) hand(ctx context.Context, count int, adapt func(*Chunk)) error {
	if count > 0 {
		p.note()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-p.failed:
		return ErrStorage
	case p.work <- rows{first: p.next, above: p.walk.rows, count: count, adapt: adapt}:
	}
	p.next += uint64(count)
	p.walk.rows += uint64(count)
	return nil
}

func (p *pipeline) Remark(remark Remark) {
	p.remarks.add(remark)
}

func (p *pipeline) Walk() *Walk {
	return p.walk
}

func (p *pipeline) Total(bytes int64) {
	if p.progress != nil {
		p.progress.Total(bytes)
	}
}

func (p *pipeline) Advance(bytes int64) {
	p.bytes += uint64(bytes)
	if p.progress != nil {
		p.progress.Advance(bytes, 0)
	}
}

func (p *pipeline) Page() {
	p.pages++
	p.walk.pages++
}
