package patrol

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/queries/patrol"
)

// settle notes what a chunk of visits came upon. A failure counts only when it is met twice, and when our own network was up before, between and after.
func (r *round) settle(ctx context.Context, visited []found) error {
	if !slices.ContainsFunc(visited, fails) {
		return r.note(ctx, visited)
	}
	now := r.own.look(ctx)
	isDown := r.down(visited, now)
	if !isDown && ctx.Err() == nil {
		if err := r.again(ctx, visited); err != nil && ctx.Err() == nil {
			return err
		}
		if slices.ContainsFunc(visited, func(f found) bool { return fails(f) && f.silent }) {
			now = r.own.look(ctx)
			isDown = r.down(visited, now)
		}
	}
	if ctx.Err() != nil { // what seems to fail may have been interrupted
		return errors.Join(r.note(ctx, slices.DeleteFunc(visited, fails)), ctx.Err())
	}
	for i := range visited {
		switch {
		case !fails(visited[i]):
		case isDown:
			visited[i].ours("our own network was down")
		default:
			r.conclude(&visited[i], now)
		}
	}
	if err := r.note(ctx, visited); err != nil || !isDown {
		return err
	}
	return ErrOwnNetwork
}

func fails(f found) bool { return f.outcome.Bad() }

// ours says nothing of an address.
func (s *sight) ours(why string) {
	*s = sight{outcome: patrol.OwnNetwork, detail: why, at: s.at}
}

// down reports whether our own network is down as the hosts tell that were asked; where only a few can tell, also when most hosts fail at the same time that
// did not before.
func (r *round) down(visited []found, now condition) bool {
	if now.says(r.first, "") == down {
		return true
	}
	silent := map[string]bool{} // of each host: nothing of it has answered
	for _, f := range visited {
		if !f.target.Failing {
			host := hostOf(f.address)
			before, known := silent[host]
			silent[host] = fails(f) && f.silent && (before || !known)
		}
	}
	failing := 0
	for _, fails := range silent {
		if fails {
			failing++
		}
	}
	return now.others(silent) < enoughTell && len(silent) >= fewHosts && failing*2 > len(silent)
}

// again visits once more what has failed. The second visit counts, and must come upon the same if it fails too.
func (r *round) again(ctx context.Context, visited []found) error {
	byHost := map[string][]*found{}
	for i := range visited {
		if visited[i].outcome.Bad() {
			host := hostOf(visited[i].address)
			byHost[host] = append(byHost[host], &visited[i])
		}
	}
	var group errgroup.Group
	group.SetLimit(hostsAtOnce)
	for _, failed := range byHost {
		group.Go(func() error {
			for _, f := range failed {
				if r.waited(f) {
					f.sight = sight{outcome: patrol.NotKnown, detail: "its host was waited for too long to be asked a second time", at: f.at}
					continue
				}
				begun := time.Now()
				saw, shown, _ := r.visit(ctx, r.options.Network(f.target.Records[0].Source, f.file), f.address, f.target, f.file)
				if ctx.Err() != nil {
					return nil
				}
				if saw.silent {
					r.mutex.Lock()
					r.lost[hostOf(f.address)] += time.Since(begun)
					r.mutex.Unlock()
				}
				if saw.outcome.Bad() && !saw.outcome.Confirms(f.outcome) {
					saw = sight{outcome: patrol.NotKnown, detail: "two visits came upon different things", at: saw.at}
				}
				f.sight = saw
				if shown == nil {
					continue
				}
				place := ""
				if f.file {
					place = f.address
				}
				if err := r.hand(ctx, f.target, place, shown); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return errors.Join(group.Wait(), ctx.Err())
}

// waited reports whether a host has been waited for long enough: it is not asked again what came to nothing.
func (r *round) waited(f *found) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return f.silent && r.lost[hostOf(f.address)] > 2*mostLost
}

// conclude leaves unsaid what cannot be told.
func (r *round) conclude(f *found, now condition) {
	switch {
	case !f.outcome.Bad():
	case f.unsure && !r.opened[hostOf(f.address)]:
		f.sight = sight{outcome: patrol.NotKnown, status: f.status, final: f.final, elapsed: f.elapsed, hash: f.hash, detail: "the host shows the same everywhere", at: f.at}
	case f.silent && now.says(r.first, f.address) == untold && !now[hostOf(f.address)]:
		f.ours("no other host could tell whether our own network is up; name some in patrol.reachable")
	}
}

// note hands over what was visited, for each record whose address it is.
func (r *round) note(ctx context.Context, visited []found) error {
	if len(visited) == 0 {
		return nil
	}
	var checks []patrol.Check
	for _, f := range visited {
		if !f.file {
			r.result.Looked++
			r.result.Left--
			r.result.Of[f.outcome]++
		}
		check := patrol.Check{
			URL: f.address, CheckedAt: f.at, Outcome: f.outcome, Status: f.status, FinalURL: f.final, Elapsed: f.elapsed, ContentHash: f.hash, Detail: f.detail, Files: f.files,
		}
		if f.file {
			check.ParentURL = f.target.URL
		}
		for _, record := range f.target.Records {
			check.Record = record
			checks = append(checks, check)
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settlesIn)
	defer cancel()
	return r.options.Note(ctx, checks)
}
