// Package registry writes and reads loads of the registry: units, items, calendar, assessment, and who owes what.
package registry

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/acts"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

// Load is all that is fixed before a question can be asked: the registry, how it is assessed and what the sources cover.
type Load struct {
	Registry                model.Registry
	Assessment              model.Assessment
	Timezone                string    // IANA name of the zone of all civil days
	Since                   time.Time // carried lapses count from here; zero: 1 January of the year before the as-of day's
	BackdatingToleranceDays uint16
	Covers                  []model.Cover
	PartUnits               int    // how many units lie together at most, whose facts are computed at once; 0: 2,000
	Program                 string // version of the program
	Hash                    string // of all of the above but PartUnits and Program; empty: SaveLoad computes it
}

// ErrInvalid says that a load refers to units that it does not have, or that have each other as parents.
var ErrInvalid = errors.New("invalid registry load")

// Save keeps a load under a load_id of its own, which rises with time, and puts it in force: at once and whole, or
// not at all. When the load in force has the same hash nothing is written, saved is false and loadID is that load's.
func Save(ctx context.Context, s *clickhouse.Store, load Load) (loadID uint64, saved bool, err error) {
	fail := func(err error) (uint64, bool, error) { return 0, false, fmt.Errorf("save registry: %w", err) }
	settings, err := load.Assessment.Settings()
	if err != nil {
		return fail(err)
	}
	parents, err := lineageOf(load.Registry.Units)
	if err != nil {
		return fail(err)
	}
	if load.Hash == "" {
		if load.Hash, err = load.contentHash(settings); err != nil {
			return fail(err)
		}
	}
	inForce, hash, err := Latest(ctx, s)
	if err != nil {
		return fail(err)
	}
	if inForce != 0 && hash == load.Hash {
		if err := completeSought(ctx, s, inForce, load.Registry); err != nil {
			return fail(err)
		}
		return inForce, false, nil
	}
	if err := removeInterruptedLoads(ctx, s); err != nil {
		return fail(err)
	}
	if loadID, err = nextLoadID(ctx, s); err != nil {
		return fail(err)
	}
	under, err := works.Begin(ctx, s, "load", strconv.FormatUint(loadID, 10))
	if err != nil {
		return fail(err)
	}
	if err := writeRegistry(ctx, s, loadID, load, parents); err != nil {
		return fail(err)
	}
	if err := deriveDuties(ctx, s, loadID, settings); err != nil {
		return fail(err)
	}
	ofLoad := "load_id = " + strconv.FormatUint(loadID, 10)
	if err := storage.NoteHoldings(ctx, s, loadID, ofLoad, storage.LoadTables()...); err != nil {
		return fail(err)
	}
	if err := putInForce(ctx, s, loadID, time.Now(), load, settings); err != nil {
		return fail(err)
	}
	if err := storage.NoteHoldings(ctx, s, loadID, ofLoad, "loads"); err != nil {
		return fail(err)
	}
	before, after, err := differences(ctx, s, inForce, loadID)
	if err == nil {
		err = acts.Note(ctx, s, acts.Act{What: acts.Registry, Subject: strconv.FormatUint(loadID, 10), Before: before, After: after})
	}
	if err == nil {
		err = works.End(ctx, s, under)
	}
	if err != nil {
		return fail(err)
	}
	return loadID, true, nil
}

// Draft writes a load under a number of its own into the temporary tables of a session, where it is in force at any time. Nothing is stored.
func Draft(ctx context.Context, session *clickhouse.Store, loadID uint64, load Load) error {
	fail := func(err error) error { return fmt.Errorf("try a registry: %w", err) }
	settings, err := load.Assessment.Settings()
	if err != nil {
		return fail(err)
	}
	parents, err := lineageOf(load.Registry.Units)
	if err != nil {
		return fail(err)
	}
	if err := writeRegistry(ctx, session, loadID, load, parents); err != nil {
		return fail(err)
	}
	if err := deriveDuties(ctx, session, loadID, settings); err != nil {
		return fail(err)
	}
	if err := putInForce(ctx, session, loadID, time.Unix(0, 0), load, settings); err != nil {
		return fail(err)
	}
	return nil
}

// ContentHash is of everything that an answer depends on: two loads with the same are the same registry.
func (l Load) ContentHash() (string, error) {
	settings, err := l.Assessment.Settings()
	if err != nil {
		return "", fmt.Errorf("hash the registry: %w", err)
	}
	return l.contentHash(settings)
}

// Latest returns the load in force and its hash; 0 when there is none.
func Latest(ctx context.Context, s *clickhouse.Store) (loadID uint64, hash string, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT max(load_id), argMax(hash, load_id) FROM loads`)
	if err := row.Scan(&loadID, &hash); err != nil {
		return 0, "", fmt.Errorf("find the registry in force: %w", err)
	}
	return loadID, hash, nil
}

// nextLoadID is the time in milliseconds, or one more than the greatest so far when the clock was set back.
func nextLoadID(ctx context.Context, s *clickhouse.Store) (uint64, error) {
	var greatest uint64
	row := s.Conn().QueryRow(ctx, `SELECT greatest((SELECT max(load_id) FROM loads), (SELECT max(load_id) FROM units))`)
	if err := row.Scan(&greatest); err != nil {
		return 0, fmt.Errorf("find the greatest load_id: %w", err)
	}
	return max(greatest+1, uint64(time.Now().UnixMilli())), nil
}

// contentHash is of everything that an answer depends on, the statements that make the duties included: another
// program version may make others from the same registry.
func (l Load) contentHash(settings model.Settings) (string, error) {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	r := l.Registry
	err := cmp.Or(
		encoder.Encode([]any{fmt.Sprint(settings), l.Timezone, l.Since, l.BackdatingToleranceDays}),
		encodeEach(encoder, r.Units), encodeEach(encoder, r.Items), encodeEach(encoder, r.Calendar), encodeEach(encoder, r.Exemptions),
		encodeEach(encoder, r.SiteScores), encodeEach(encoder, r.Observations), encodeEach(encoder, r.Notices), encodeEach(encoder, r.Institutions),
		encodeEach(encoder, l.Covers),
	)
	if err != nil {
		return "", fmt.Errorf("hash the registry: %w", err)
	}
	for _, name := range derivations() {
		text, err := fs.ReadFile(sql.Files, name)
		if err != nil {
			return "", fmt.Errorf("hash the registry: %w", err)
		}
		hash.Write(text)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// encodeEach encodes a list one element after the other: as a whole it would be held in memory several times. The list's length
// comes first, so that lists that follow one another cannot be mistaken.
func encodeEach[T any](encoder *json.Encoder, list []T) error {
	if err := encoder.Encode(len(list)); err != nil {
		return err
	}
	for i := range list {
		if err := encoder.Encode(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// derivations are the statements that make tables from those of a load, in the order of their needs.
func derivations() []string {
	return []string{"load/days.sql", "load/item_periods.sql", "load/duties.sql", "load/subtrees.sql"}
}

// deriveDuties makes what follows from a load alone: working days, periods with their due days, who owes what.
func deriveDuties(ctx context.Context, s *clickhouse.Store, loadID uint64, settings model.Settings) error {
	parameters := []struct {
		name  string
		value uint64
	}{
		{"load_id", loadID},
		{"essential_weight", uint64(settings.Classes[0])},
		{"obligatory_weight", uint64(settings.Classes[1])},
		{"recommended_weight", uint64(settings.Classes[2])},
	}
	arguments := make([]any, 0, len(parameters))
	for _, parameter := range parameters {
		arguments = append(arguments, clickhouse.Named(parameter.name, strconv.FormatUint(parameter.value, 10)))
	}
	for _, name := range derivations() {
		text, err := fs.ReadFile(sql.Files, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := s.Conn().Exec(ctx, string(text), arguments...); err != nil {
			return fmt.Errorf("derive %s: %w", name, err)
		}
	}
	return nil
}

// interruptedAfter is how old a load without a row in loads must be to be taken for interrupted, not under way.
const interruptedAfter = time.Hour

// removeInterruptedLoads deletes what loads have left behind that were interrupted before they counted.
func removeInterruptedLoads(ctx context.Context, s *clickhouse.Store) error {
	limit := clickhouse.Named("limit", strconv.FormatInt(time.Now().Add(-interruptedAfter).UnixMilli(), 10))
	for _, table := range storage.LoadTables() {
		const orphaned = ` WHERE load_id < {limit:UInt64} AND load_id NOT IN (SELECT load_id FROM loads)`
		var orphans uint64
		if err := s.Conn().QueryRow(ctx, `SELECT count() FROM `+table+orphaned, limit).Scan(&orphans); err != nil {
			return fmt.Errorf("look for interrupted loads in %s: %w", table, err)
		}
		if orphans == 0 {
			continue
		}
		if err := storage.ReleaseHoldings(ctx, s, table, strings.TrimPrefix(orphaned, " WHERE "), limit); err != nil {
			return err
		}
		if err := s.Conn().Exec(ctx, `DELETE FROM `+table+orphaned, limit); err != nil {
			return fmt.Errorf("remove interrupted loads from %s: %w", table, err)
		}
	}
	return nil
}

// lineage knows each unit's parent.
type lineage map[string]string

// lineageOf is of units whose parents are all among them, and none above itself.
func lineageOf(units []model.Unit) (lineage, error) {
	parents := make(lineage, len(units))
	for _, unit := range units {
		parents[unit.ID] = unit.ParentID
	}
	for _, unit := range units {
		steps := 0
		for id := unit.ID; id != ""; id = parents[id] {
			if _, ok := parents[id]; !ok {
				return nil, fmt.Errorf("%w: %s has the parent %s, which is no unit", ErrInvalid, unit.ID, id)
			}
			if steps++; steps > len(units) {
				return nil, fmt.Errorf("%w: %s is above itself", ErrInvalid, id)
			}
		}
	}
	return parents, nil
}

// ancestors lists the unit itself, its parent, … up to the root.
func (l lineage) ancestors(id string) []string {
	var all []string
	for ; id != ""; id = l[id] {
		all = append(all, id)
	}
	return all
}
