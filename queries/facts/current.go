package facts

import (
	"context"
	"time"

	"yangguang/queries/model"
)

// dataVersionName names the version of the data that a session is answered from.
const dataVersionName = "data version"

// sitesScope is the root of the demonstration sites, whose timeliness reaches back to the year before they were named.
const sitesScope = "\x02"

// factsKey is the key of the facts that answer a window: from the year before the as-of day's until a month after it, or further if the window does.
func factsKey(window model.Question, scope string) snapshotKey {
	from := time.Date(min(window.From.Year(), window.AsOf.Year()-1), time.January, 1, 0, 0, 0, 0, time.UTC)
	to := model.LastOfMonth(window.AsOf.AddDate(0, 0, 30))
	if window.To.After(to) {
		to = time.Date(window.To.Year(), time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	if scope == sitesScope {
		from, to = time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC), window.AsOf
	}
	return snapshotKey{kind: factsKind, scope: scope, question: model.Question{From: from, To: to, AsOf: window.AsOf, KnownAt: window.KnownAt}}
}

// currentFacts are the stored facts of those windows for which they are of all that is known; the others are missing. Without looking only what is
// remembered is found.
func (s *Facts) currentFacts(ctx context.Context, load uint64, windows []model.Question, scope string, look bool) (found Chosen, missing []model.Question, err error) {
	version := ""
	live := windows[0].KnownAt.IsZero()
	if live { // of a past time of knowledge any are
		version, err = InSession(ctx, dataVersionName, func() (string, error) { return s.dataVersionAt(ctx, time.Now()) })
		if err != nil {
			return found, nil, err
		}
	}
	for _, window := range windows {
		key := factsKey(window, scope)
		facts, ok := s.memory.get(factsName(load, key, live))
		ok = ok && (version == "" || facts.Version == version)
		if !ok && look {
			if facts, ok, err = s.stored(ctx, load, key, live, version); err != nil {
				return found, nil, err
			}
		}
		if !ok {
			missing = append(missing, window)
			continue
		}
		found.add(facts)
	}
	return found, missing, nil
}

// stored is the newest snapshot of facts with its parts, if it is of the version.
func (s *Facts) stored(ctx context.Context, load uint64, key snapshotKey, live bool, version string) (storedFacts, bool, error) {
	newest, ok, err := s.newestSnapshot(ctx, "editions", load, key, live, "")
	if err != nil || !ok || version != "" && newest.Version != version || live && newest.old() {
		return storedFacts{}, false, err
	}
	found, err := s.withParts(ctx, factsName(load, key, live), newest)
	return found, err == nil, err
}

// withParts is a snapshot of facts with its parts, remembered under a name.
func (s *Facts) withParts(ctx context.Context, name string, of snapshot) (storedFacts, error) {
	parts, err := s.storedParts(ctx, of.ID)
	if err != nil {
		return storedFacts{}, err
	}
	found := storedFacts{of, idsOf(mapValues(parts))}
	s.memory.put(name, found)
	return found, nil
}
