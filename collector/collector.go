package collector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"yangguang/collector/identity"
	"yangguang/collector/record"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/records"
)

// Options are what collections need.
type Options struct {
	Store    *clickhouse.Store
	Resolver *record.Resolver // of the registry in force
	Zone     *time.Location   // civil days are of this zone; nil means UTC
	Clock    func() time.Time // nil means time.Now
	Logger   *slog.Logger     // nil: silent
	Batch    int              // records inserted at a time; 0 means 20,000

	// AcceptedBy is who takes a collection for a look that lacks what may be accepted (SPEC §3); empty: nobody does.
	AcceptedBy string
}

// Collector collects sources, different ones at the same time if asked to, one source only once at a time.
type Collector struct {
	options Options
	lock    sync.Mutex // guards busy
	busy    map[string]chan struct{}
}

// New makes a collector.
func New(options Options) *Collector {
	if options.Zone == nil {
		options.Zone = time.UTC
	}
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Batch == 0 {
		options.Batch = recordsPerBatch
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	return &Collector{options: options, busy: map[string]chan struct{}{}}
}

// Collect is New(options).Collect with progress, which may be nil.
func Collect(ctx context.Context, options Options, source Source, progress Progress) (Summary, error) {
	return New(options).Collect(ctx, source, progress)
}

// Collect reads a source once and publishes what it says. progress may be nil.
//
// The error, whose text the summary carries too, is one of four: the source could not be read whole, and what could be
// read counts although the collection failed; what was read counts and is no look (ErrSuspicious); ctx ended (errors.Is
// finds its error); or ClickHouse failed. In the last two cases the next collection of the source starts over and completes what this one may have begun to publish.
func (c *Collector) Collect(ctx context.Context, source Source, progress Progress) (Summary, error) {
	done, err := c.reserve(ctx, source.Name())
	if err != nil {
		return Summary{Source: source.Name(), Kind: source.Kind(), Error: err.Error()}, err
	}
	defer done()

	begun := time.Now()
	started := c.options.Clock()
	summary := Summary{Source: source.Name(), Kind: source.Kind(), Started: started, Outcome: model.Failed}
	err = c.collect(ctx, source, progress, &summary)
	summary.Seconds = time.Since(begun).Seconds()
	logger := c.options.Logger.With("source", source.Name(), "kind", source.Kind(), "seconds", summary.Seconds, "read", summary.Read,
		"new", summary.New, "changed", summary.Changed, "unchanged", summary.Unchanged, "rejected", summary.Rejected, "not_understood", summary.NotUnderstood())
	if err != nil {
		err = fmt.Errorf("collect %s: %w", source.Name(), err)
		summary.Error = err.Error()
		logger.InfoContext(ctx, "no look", "outcome", summary.Outcome, "error", err) // reported by whoever asked for the collection, once
		return summary, err
	}
	logger.InfoContext(ctx, "collected", "accepted", summary.Accepted)
	return summary, nil
}

func (c *Collector) collect(ctx context.Context, source Source, progress Progress, summary *Summary) error {
	day := civil.From(summary.Started, c.options.Zone)
	collection, err := records.Begin(ctx, c.options.Store, records.Start{
		Source: source.Name(), Kind: source.Kind(), Started: summary.Started, Day: day, ConfigHash: configHash(source), Online: source.Online(), Complete: source.Complete(),
	})
	if err != nil {
		return err
	}
	rules := record.Rules{
		Resolver: c.options.Resolver, Zone: c.options.Zone, Steps: source.Steps(), Online: source.Online(), Today: day.Start(time.UTC),
		Began: summary.Started,
	}
	walk, err := newWalk(ctx, collection, source.Complete(), rules.ShownOn)
	if err != nil {
		return c.abandon(ctx, collection, err)
	}
	sink := newPipeline(ctx, collection, rules, walk, progress, c.options.Batch)
	problem := source.Collect(ctx, sink)
	if err := cmp.Or(sink.finish(ctx), ctx.Err()); err != nil {
		return c.abandon(ctx, collection, err)
	}
	if err := c.settle(ctx, collection, source, sink); err != nil {
		return c.abandon(ctx, collection, err)
	}
	summary.Remarks = sink.remarks.all()
	ending, publication, err := c.look(ctx, collection, source, walk, summary.Remarks, problem)
	if err != nil {
		return c.abandon(ctx, collection, err)
	}
	counts, err := collection.Publish(ctx, publication)
	if err != nil {
		return c.abandon(ctx, collection, err)
	}
	counts.Bytes, counts.Pages, counts.Depth, counts.Reach = sink.bytes, sink.pages, walk.depth(), walk.reach()
	if problem != nil {
		counts.Bookmark = walk.bookmark()
	}
	summary.Read, summary.New, summary.Changed, summary.Unchanged = counts.Read, counts.New, counts.Changed, counts.Unchanged
	summary.Rejected, summary.Withdrawn, summary.Bytes, summary.Pages = counts.Rejected, counts.Withdrawn, counts.Bytes, counts.Pages
	// What is published counts; an interruption from here on must not make it look otherwise.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	ending.NotUnderstood, ending.Remarks = summary.NotUnderstood(), StoredRemarks(summary.Remarks)
	summary.Outcome, summary.Accepted = ending.Outcome, ending.Accepted
	if ending.Outcome == model.Suspicious {
		problem = fmt.Errorf("%w: %s", ErrSuspicious, ending.Error)
	}
	return errors.Join(problem, collection.Finish(ctx, c.options.Clock(), counts, ending))
}

// settle gives the rows the records that they are versions of.
func (c *Collector) settle(ctx context.Context, collection *records.Collection, source Source, sink *pipeline) error {
	rules := &identity.Rules{Months: c.options.Resolver.Months, Files: !source.Online(), Online: source.Online(), AllStand: !sink.walk.replaced()}
	if ignoring, ok := source.(Ignoring); ok {
		rules.Ignored = ignoring.IgnoredParameters()
	}
	if readdressed, ok := source.(Readdressed); ok {
		rules.IDsWereAddresses = readdressed.IDsWereAddresses()
	}
	if err := collection.Settle(ctx, c.options.Resolver.Events(), rules); err != nil {
		return err
	}
	if rules.InPlace > 0 {
		sink.Remark(Remark{
			What: "records have another address or title and are for the same unit, item and period or day, as many as half of the last look's or more: taken for the site's doing, they are the records of before",
			Kind: Ignored, Count: rules.InPlace,
		})
	}
	return nil
}

func configHash(source Source) string {
	if configured, ok := source.(Configured); ok {
		return configured.ConfigHash()
	}
	return ""
}

// farewell bounds how long a collection may take to clear up after an interruption; what it leaves, the next one clears.
const farewell = 10 * time.Second

func (c *Collector) abandon(ctx context.Context, collection *records.Collection, problem error) error {
	if err := ctx.Err(); err != nil {
		problem = err // and not what it looked like to a statement that was under way
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := collection.Abandon(ctx, c.options.Clock(), "interrupted: "+problem.Error()); err != nil {
		c.options.Logger.WarnContext(ctx, "an interrupted collection could not be cleared; the next one will", "collection", collection.ID(), "error", err)
	}
	return problem
}

// reserve waits until no other collection of the source is running.
func (c *Collector) reserve(ctx context.Context, source string) (done func(), err error) {
	for {
		c.lock.Lock()
		running, busy := c.busy[source]
		if !busy {
			finished := make(chan struct{})
			c.busy[source] = finished
			c.lock.Unlock()
			return func() {
				c.lock.Lock()
				defer c.lock.Unlock()
				delete(c.busy, source)
				close(finished)
			}, nil
		}
		c.lock.Unlock()
		select {
		case <-running:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
