package patrol

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/online"
	"yangguang/queries/patrol"
)

// Options are what the patrol needs.
type Options struct {
	// Network is how a source's addresses are asked; file: of files, which may take longer. Nothing is asked a second time by it.
	Network   func(source string, file bool) online.Network
	Reachable []string                                               // addresses of hosts that tell whether our own network is up
	Note      func(ctx context.Context, checks []patrol.Check) error // stores visits, and what they amount to
	Sink      Sink                                                   // nil: nobody looks at what is shown
	Now       func() time.Time                                       // nil: the machine's clock
	Logger    *slog.Logger                                           // nil: silent
	Advance   func(looked int)                                       // is told how many addresses have been visited since; nil: nobody asks
}

// Result is what a round came to.
type Result struct {
	Looked int                    // addresses that were visited
	Left   int                    // that were not come to
	Of     map[patrol.Outcome]int // of those visited
}

// ErrOwnNetwork says that a round was given up because our own network is down, or may be. What it would have visited is due again.
var ErrOwnNetwork = errors.New("our own network is down: none of the hosts that were reachable answers")

const (
	hostsAtOnce = 16              // hosts that are visited at a time, and so how many bodies there are in memory
	chunkTakes  = time.Minute     // visits of about so long are settled together
	chunkOfHost = 100             // addresses of one host in a chunk
	mostLost    = 2 * time.Minute // waited for a host that does not answer; the rest of its addresses is left for another round
	fileMemory  = 10_000          // attachments of which a round remembers what they came to
	fewHosts    = 4               // from so many on, most of them failing at once is our own failure
	enoughTell  = 3               // unless so many others answer
	settlesIn   = time.Minute     // what is to be noted, also when a round is interrupted
)

// round is one round while it goes on.
type round struct {
	options Options
	own     own
	first   condition // how the hosts that tell answered when the round began
	places  places

	mutex  sync.Mutex // guards the following
	opened map[string]bool
	files  map[string]found
	queues map[string][]*patrol.Target
	lost   map[string]time.Duration
	result Result
}

// found is a visit and for whom it was made.
type found struct {
	sight
	target  *patrol.Target
	address string
	file    bool // it is an attachment
	files   bool // the attachments of its page were visited as well
}

// Visit visits addresses, those of each host in their order, and notes what it came upon. Errors: ErrOwnNetwork, ctx's, and what Note and Sink say.
func Visit(ctx context.Context, options Options, targets []patrol.Target) (Result, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	r := &round{
		options: options, own: own{options.Network("", false), tellers(options.Reachable)}, opened: map[string]bool{}, files: map[string]found{},
		queues: map[string][]*patrol.Target{}, lost: map[string]time.Duration{}, result: Result{Left: len(targets), Of: map[patrol.Outcome]int{}},
	}
	var hosts []string
	for i := range targets {
		host := hostOf(targets[i].URL)
		if r.queues[host] == nil {
			hosts = append(hosts, host)
		}
		r.queues[host] = append(r.queues[host], &targets[i])
		if targets[i].HostOpened {
			r.opened[host] = true
		}
	}
	if r.first = r.own.begin(ctx); len(r.own.hosts) > 0 && !r.first.any() {
		return r.result, errors.Join(ErrOwnNetwork, ctx.Err())
	}
	for len(hosts) > 0 && ctx.Err() == nil {
		visited, err := r.chunk(ctx, hosts)
		if err != nil {
			return r.result, err
		}
		if err := r.settle(ctx, visited); err != nil {
			return r.result, err
		}
		hosts = slices.DeleteFunc(hosts, func(host string) bool { return len(r.queues[host]) == 0 || r.lost[host] > mostLost })
	}
	return r.result, ctx.Err()
}

// chunk visits some addresses of every host.
func (r *round) chunk(ctx context.Context, hosts []string) (visited []found, err error) {
	var group errgroup.Group
	group.SetLimit(hostsAtOnce)
	begun := time.Now()
	for _, host := range hosts {
		group.Go(func() error {
			for n := 0; n < chunkOfHost && (n == 0 || time.Since(begun) < chunkTakes); n++ {
				target := r.next(host)
				if target == nil || ctx.Err() != nil {
					return nil
				}
				came, err := r.visitWithFiles(ctx, target)
				if err != nil {
					return err
				}
				r.mutex.Lock()
				visited = append(visited, came...)
				r.mutex.Unlock()
			}
			return nil
		})
	}
	return visited, group.Wait()
}

// next takes the next address of a host; nil: there is none, or the host has been waited for enough.
func (r *round) next(host string) *patrol.Target {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	queue := r.queues[host]
	if len(queue) == 0 || r.lost[host] > mostLost {
		return nil
	}
	r.queues[host] = queue[1:]
	return queue[0]
}

// visitWithFiles visits an address and the attachments of its page.
func (r *round) visitWithFiles(ctx context.Context, target *patrol.Target) (visited []found, err error) {
	begun := time.Now()
	source := target.Records[0].Source
	saw, shown, seen := r.visit(ctx, r.options.Network(source, false), target.URL, target, false)
	if ctx.Err() != nil {
		return nil, nil
	}
	visited = append(visited, found{sight: saw, target: target, address: target.URL})
	if r.options.Advance != nil {
		r.options.Advance(1)
	}
	host := hostOf(target.URL)
	r.mutex.Lock()
	if saw.silent {
		r.lost[host] += time.Since(begun)
	}
	if saw.outcome.Good() && seen != nil {
		r.opened[host] = true
	}
	r.mutex.Unlock()
	if shown == nil {
		return visited, nil
	}
	if err := r.hand(ctx, target, "", shown); err != nil || seen == nil {
		return visited, err
	}
	for _, address := range seen.attachments() {
		came, err := r.visitFile(ctx, source, address, target)
		if ctx.Err() != nil {
			return visited, nil
		}
		if err != nil {
			return visited, err
		}
		visited = append(visited, came)
	}
	visited[0].files = true
	return visited, nil
}

// visitFile visits an attachment, once in a round however many pages it hangs on.
func (r *round) visitFile(ctx context.Context, source, address string, target *patrol.Target) (found, error) {
	r.mutex.Lock()
	came, known := r.files[address]
	r.mutex.Unlock()
	if known {
		again := &Seen{URL: address, FinalURL: cmp.Or(came.final, address), FetchedAt: came.at, As: &came.target.Records[0]}
		came.target = target
		return came, r.hand(ctx, target, address, again)
	}
	saw, shown, _ := r.visit(ctx, r.options.Network(source, true), address, target, true)
	if ctx.Err() != nil {
		return found{}, nil
	}
	if shown != nil {
		if err := r.hand(ctx, target, address, shown); err != nil {
			return found{}, err
		}
	}
	came = found{sight: saw, target: target, address: address, file: true}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.files) >= fileMemory {
		clear(r.files)
	}
	if saw.outcome.Good() { // a failure is seen again
		r.files[address] = came
	}
	return came, nil
}

func (r *round) hand(ctx context.Context, target *patrol.Target, place string, shown *Seen) error {
	if r.options.Sink == nil {
		return nil
	}
	shown.Records, shown.Place = target.Records, place
	if err := r.options.Sink(ctx, *shown); err != nil {
		return fmt.Errorf("look at what %s shows: %w", shown.URL, err)
	}
	return nil
}
