package patrol_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/collector/fetch"
	"yangguang/collector/online"
	links "yangguang/collector/patrol"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

func TestMain(m *testing.M) { querytest.Main(m) }

var quiet = log.New(io.Discard, "", 0)

// district publishes the sandbox's addresses, each by a record of its own.
func district(t *testing.T, box *sandbox, published time.Time) *ask.Asker {
	t.Helper()
	store := querytest.Store(t)
	load := querytest.SampleLoad()
	load.Registry.Items[0].DisplayDays = 30
	if _, _, err := registry.Save(t.Context(), store.Store, load); err != nil {
		t.Fatal(err)
	}
	var versions []records.RecordVersion
	for _, a := range box.addresses {
		versions = append(versions, records.RecordVersion{
			RecordID: fmt.Sprint(a.number), UnitID: "V1", ItemID: "G1", Title: a.title(), Period: "2026Q2", PublishedOn: published, Scope: "society", Channel: "website",
			URL: a.url, Hash: uint64(a.number) + 1,
		})
	}
	querytest.Collect(t, store, "web", published.Add(8*time.Hour), versions, nil, nil, nil)
	return store
}

// watch is a patrol of the sandbox by its simulated clock.
type watch struct {
	t       *testing.T
	box     *sandbox
	store   *ask.Asker
	fetcher *fetch.Fetcher
	budget  links.Budget
	rules   patrol.Rules
	seen    atomic.Int64
	checks  []patrol.Check // of the last round
}

func newWatch(t *testing.T, box *sandbox, store *ask.Asker) *watch {
	fetcher := fetch.New(fetch.Options{})
	t.Cleanup(fetcher.Close)
	return &watch{
		t: t, box: box, store: store, fetcher: fetcher, budget: links.Budget{PerHost: 50_000, Every: 24 * time.Hour, Again: 3 * time.Hour},
		rules: patrol.Rules{Again: 3 * time.Hour, Zone: time.UTC},
	}
}

func (w *watch) options() links.Options {
	return links.Options{
		Network: func(string, bool) online.Network {
			return w.fetcher.For("patrol", fetch.Policy{RatePerSecond: 10_000, Concurrency: 4, Timeout: 500 * time.Millisecond, Retries: -1, AllowPrivate: true, Afresh: true})
		},
		Reachable: w.box.hosts,
		Now:       w.box.at,
		Note: func(ctx context.Context, checks []patrol.Check) error {
			w.checks = append(w.checks, checks...)
			return patrol.NoteLooks(ctx, w.store.Store, w.box.at(), w.rules, checks)
		},
		Sink: func(_ context.Context, seen links.Seen) error {
			if len(seen.Body) > 0 {
				w.seen.Add(1)
			}
			return nil
		},
	}
}

// round is one round of the patrol; ours: it was given up because of our own network.
func (w *watch) round(share float64) (ours bool) {
	w.t.Helper()
	now := w.box.at()
	question := model.Question{}.WithDefaults(model.Today(now))
	targets, _, err := w.budget.Due(w.t.Context(), w.store, question, now, share)
	if err != nil {
		w.t.Fatal(err)
	}
	w.checks = nil
	_, err = links.Visit(w.t.Context(), w.options(), targets)
	if err != nil && !errors.Is(err, links.ErrOwnNetwork) {
		w.t.Fatal(err)
	}
	return err != nil
}

func (w *watch) standing() map[string]patrol.Finding {
	w.t.Helper()
	found, err := patrol.Standing(w.t.Context(), w.store.Store, model.LinkFindings()...)
	if err != nil {
		w.t.Fatal(err)
	}
	of := map[string]patrol.Finding{}
	for _, finding := range found {
		of[finding.URL] = finding
	}
	return of
}

// TestFailuresAreToldFromOurOwn lets addresses fail in all ways for some time, and our own network in between, and compares what is said with what is true.
// YANGGUANG_PATROL_ADDRESSES, _DAYS, _HOURS (from round to round) and _OUTAGES make it as large as wanted.
func TestFailuresAreToldFromOurOwn(t *testing.T) {
	count, days := querytest.Scaled(t, "YANGGUANG_PATROL_ADDRESSES", 45), querytest.Scaled(t, "YANGGUANG_PATROL_DAYS", 4)
	hours, outages := querytest.Scaled(t, "YANGGUANG_PATROL_HOURS", 6), querytest.Scaled(t, "YANGGUANG_PATROL_OUTAGES", 4)
	random := rand.New(rand.NewPCG(7, 7))
	box := newSandbox(t)
	begin := time.Date(2026, 7, 2, 0, 0, 0, 0, time.UTC)
	var names []string
	for kind := range kinds() {
		names = append(names, kind)
	}
	slices.Sort(names)
	for n := range count {
		from := begin.Add(time.Duration(random.IntN(days*12)) * time.Hour)
		box.add(n, names[n%len(names)], random.IntN(2) == 0, from, from.Add(time.Duration(24+random.IntN(days*36))*time.Hour))
	}
	box.now.Store(begin.UnixMilli())
	w := newWatch(t, box, district(t, box, querytest.Day(2026, 7, 1)))

	rounds := days * 24 / hours
	failing := map[int]bool{}
	for len(failing) < outages {
		failing[1+random.IntN(rounds-1)] = true
	}
	right, wrong, failedSince := 0, 0, map[string]int{}
	gaveUp := 0
	for n := range rounds {
		box.now.Store(begin.Add(time.Duration(n*hours) * time.Hour).UnixMilli())
		before := w.standing()
		if failing[n] { // from the beginning, or in the middle of the round, for longer or shorter
			box.fail(int64(random.IntN(3)*random.IntN(2*count/3)), int64(3+random.IntN(count)), random.IntN(3) == 0)
		}
		if w.round(1) {
			gaveUp++
		}
		box.fail(0, 0, false)
		for _, check := range w.checks {
			if check.ParentURL != "" {
				continue
			}
			truth := box.addresses[check.URL].truth(box.at())
			if !check.Outcome.Tells() && kinds()[truth] != patrol.Robots { // nothing is said of it
				continue
			}
			if check.Outcome == kinds()[truth] {
				right++
				continue
			}
			wrong++
			t.Logf("%s at %s: said %s (%s), and it is %s", check.URL, box.at(), check.Outcome, check.Detail, truth)
		}
		for url, finding := range w.standing() {
			a := box.addresses[url]
			if _, stood := before[url]; stood {
				continue
			}
			if a == nil || kinds()[a.truth(box.at())].Good() {
				t.Errorf("round %d (our network failed: %t): %s is named for %s, which is not so: %s", n, failing[n], url, finding.Kind, finding.Proof)
			}
		}
		for url, a := range box.addresses {
			if kinds()[a.truth(box.at())].Bad() {
				failedSince[url]++
			} else {
				failedSince[url] = 0
			}
		}
	}
	if wrong*100 > right+wrong {
		t.Errorf("%d of %d looks are said wrongly", wrong, right+wrong)
	}
	found, missed, named := w.standing(), 0, 0
	for url, since := range failedSince {
		if since*hours < 60 { // a day until it is visited, some hours until it is confirmed, both perhaps put off by our own network
			continue
		}
		named++
		if _, is := found[url]; !is {
			missed++
			t.Logf("%s has been failing (%s) for %d rounds, and nobody says so", url, box.addresses[url].kind, since)
		}
	}
	if missed*100 > named || named == 0 {
		t.Errorf("%d of %d addresses that fail are not named", missed, named)
	}
	takenDown := 0
	for url, finding := range found {
		a := box.addresses[url]
		gone := kinds()[a.kind] == patrol.Gone || kinds()[a.kind] == patrol.Soft404
		if isTaken := finding.Kind == patrol.TakenDown; isTaken != (gone && a.from.After(begin)) {
			t.Errorf("%s (%s from %s) is called %s: %s", url, a.kind, a.from, finding.Kind, finding.Proof)
		} else if isTaken {
			takenDown++
		}
	}
	if takenDown == 0 || w.seen.Load() == 0 {
		t.Errorf("%d taken down before their time, %d pages handed on; expected some", takenDown, w.seen.Load())
	}
	t.Logf("%d looks said rightly, %d wrongly; %d of %d failing addresses named; %d of %d rounds given up", right, wrong, named-missed, named, gaveUp, rounds)
}
