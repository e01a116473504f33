// Package storage makes the tables and views, checks that they hold all that was written, repairs, backs up and restores them.
package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/cespare/xxhash/v2"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// Every statement of schema/*.sql is run once, in the order of the files' names. Since a run may be interrupted anywhere, a statement that is
// no CREATE must be written so that running it twice does no harm. A file that was released is never changed: add another.
// Each file of sql/views holds one view, made again whenever its text or an earlier one's changed.
//
//go:embed schema/*.sql
var schema embed.FS

// schemaFiles are schema/*.sql and sql/views/*.sql, by the names under which a database knows them.
var schemaFiles fs.FS = programFiles{}

type programFiles struct{}

// Open is of fs.FS.
func (programFiles) Open(name string) (fs.File, error) {
	if view, ok := strings.CutPrefix(name, "sql/"); ok {
		return sql.Files.Open(view)
	}
	return schema.Open(name)
}

// Migrate brings the database's tables and views up to this program. It may be run at any time and be interrupted anywhere.
// Errors: *NewerDatabaseError, *ChangedMigrationError, or a failed statement with its file.
func Migrate(ctx context.Context, s *clickhouse.Store) error {
	if err := migrate(ctx, s, schemaFiles); err != nil {
		return err
	}
	return takeStock(ctx, s)
}

func migrate(ctx context.Context, s *clickhouse.Store, files fs.FS) error {
	if err := s.CheckPlacement(ctx); err != nil {
		return err
	}
	if err := prepareMigrations(ctx, s); err != nil {
		return fmt.Errorf("prepare the table schema_migrations: %w", err)
	}
	bare, err := prepareBareShards(ctx, s)
	if err != nil {
		return err
	}
	done, err := migrationsDone(ctx, s)
	if err != nil {
		return fmt.Errorf("read the table schema_migrations: %w", err)
	}
	if len(done) == 0 {
		if err := recordSteps(ctx, s, []appliedStep{begun()}); err != nil {
			return err
		}
		done[begun().step] = begun().hash
	}
	steps := journal{store: s, fresh: onlyBegun(done)}
	if bare {
		forgetDefinitions(files, done)
	}
	if err := migrateTables(ctx, s, files, done, &steps); err != nil {
		return err
	}
	if err := migrateViews(ctx, s, files, done, &steps); err != nil {
		return err
	}
	return steps.write(ctx)
}

// prepareMigrations makes the table schema_migrations. On a cluster that takes all shards: only where it is missing.
func prepareMigrations(ctx context.Context, s *clickhouse.Store) error {
	if s.Cluster() != nil {
		var found uint8
		row := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM system.tables WHERE database = {database:String} AND name = 'schema_migrations'",
			clickhouse.Named("database", s.Database()))
		if err := row.Scan(&found); err != nil || found == 1 {
			return err
		}
	}
	return s.Repeat(ctx, createMigrationsTable)
}

const createMigrationsTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
    file       String,
    statement  UInt32,                -- from 1; 1 for a view
    hash       String,                -- of the statement without comments and spacing
    applied_at DateTime64(6, 'UTC')
) ENGINE = ReplacingMergeTree(applied_at) ORDER BY (file, statement)`

// step is one statement of a file.
type step struct {
	File      string `ch:"file"`
	Statement uint32 `ch:"statement"`
}

func migrationsDone(ctx context.Context, s *clickhouse.Store) (map[step]string, error) {
	var rows []struct {
		File      string `ch:"file"`
		Statement uint32 `ch:"statement"`
		Hash      string `ch:"hash"`
	}
	if err := s.Conn().Select(ctx, &rows, "SELECT file, statement, hash FROM schema_migrations FINAL ORDER BY file, statement"); err != nil {
		return nil, err
	}
	done := map[step]string{}
	for _, row := range rows {
		done[step{row.File, row.Statement}] = row.Hash
	}
	return done, nil
}

func migrateTables(ctx context.Context, s *clickhouse.Store, files fs.FS, done map[step]string, steps *journal) error {
	names, err := fs.Glob(files, "schema/*.sql")
	if err != nil {
		return fmt.Errorf("list the schema: %w", err)
	}
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	newest := ""
	for step := range done {
		if strings.HasPrefix(step.File, "schema/") && !known[step.File] && (newest == "" || step.File < newest) {
			newest = step.File
		}
	}
	if newest != "" {
		return &NewerDatabaseError{Database: s.Database(), Migration: newest}
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := migrateFile(ctx, s, name, clickhouse.Statements(string(text)), done, steps); err != nil {
			return err
		}
	}
	return nil
}

// migrateFile records CREATEs together, since they may be run again, anything else at once.
func migrateFile(ctx context.Context, s *clickhouse.Store, name string, statements []string, done map[step]string, steps *journal) error {
	for i, statement := range statements {
		step := appliedStep{step{name, uint32(i + 1)}, statementHash(statement)}
		if before, applied := done[step.step]; applied {
			if before != step.hash {
				return &ChangedMigrationError{Database: s.Database(), File: name, Statement: i + 1}
			}
			continue
		}
		s.Logger().Debug("migrate", slog.String("file", name), slog.Int("statement", i+1))
		if err := s.Repeat(ctx, statement); err != nil && !(creates(statement) && isExisting(err)) {
			return fmt.Errorf("%s, statement %d: %w", name, i+1, err)
		}
		steps.applied = append(steps.applied, step)
		if !creates(statement) {
			if err := steps.writeEarly(ctx); err != nil {
				return err
			}
		}
	}
	return steps.writeEarly(ctx)
}

func migrateViews(ctx context.Context, s *clickhouse.Store, files fs.FS, done map[step]string, steps *journal) error {
	names, err := fs.Glob(files, "sql/views/*.sql")
	if err != nil {
		return fmt.Errorf("list the views: %w", err)
	}
	definitions, err := readViews(files)
	if err != nil {
		return err
	}
	changed := false
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		view := appliedStep{step{name, 1}, statementHash(string(text))}
		if !changed && done[view.step] == view.hash {
			continue
		}
		s.Logger().Debug("make view", slog.String("file", name))
		for _, statement := range clickhouse.Statements(definitions.SpellOut(string(text))) {
			if err := s.Repeat(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		changed, steps.applied = true, append(steps.applied, view)
	}
	return nil
}

// migratedTables are those that the steps done have made and not dropped since.
func migratedTables(files fs.FS, done map[step]string) ([]string, error) {
	names, err := fs.Glob(files, "schema/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list the schema: %w", err)
	}
	made := map[string]bool{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for i, statement := range clickhouse.Statements(string(text)) {
			if _, applied := done[step{name, uint32(i + 1)}]; !applied {
				continue
			}
			if table := madeTable.FindStringSubmatch(statement); table != nil {
				made[table[1]] = true
			}
			if table := unmadeTable.FindStringSubmatch(statement); table != nil {
				delete(made, table[1])
			}
		}
	}
	return slices.Sorted(maps.Keys(made)), nil
}

// stepsOf are the steps done that have made or changed a table, but for the rows in it.
func stepsOf(files fs.FS, table string, done map[step]string) (steps []step, err error) {
	changes := regexp.MustCompile(`^(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?` + regexp.QuoteMeta(table) + `\b`)
	for step := range done {
		if !strings.HasPrefix(step.File, "schema/") {
			continue
		}
		text, err := fs.ReadFile(files, step.File)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", step.File, err)
		}
		if all := clickhouse.Statements(string(text)); int(step.Statement) <= len(all) && changes.MatchString(all[step.Statement-1]) {
			steps = append(steps, step)
		}
	}
	return steps, nil
}

// creates recognises a CREATE, which a run that was interrupted before it could record it has done already.
func creates(statement string) bool {
	return strings.EqualFold(strings.Fields(statement)[0], "CREATE")
}

// isExisting recognises the answers TABLE_ALREADY_EXISTS and DICTIONARY_ALREADY_EXISTS.
func isExisting(err error) bool {
	var answer *clickhouse.Exception
	return errors.As(err, &answer) && (answer.Code == 57 || answer.Code == 487)
}

// statementHash does not depend on comments and spacing.
func statementHash(text string) string {
	return fmt.Sprintf("%016x", xxhash.Sum64String(strings.Join(strings.Fields(clickhouse.WithoutComments(text)), " ")))
}

var _ driver.Conn = (*clickhouse.PatientConn)(nil)

var (
	madeTable   = regexp.MustCompile(`^CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)
	unmadeTable = regexp.MustCompile(`^DROP TABLE (?:IF EXISTS )?(\w+)`)
	stagingName = regexp.MustCompile(`_\d+(?:` + clickhouse.LocalSuffix + `)?$`)
)

// Schema names the newest migration of this program, such as 0041_registry_readings.
func Schema() string {
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil || len(names) == 0 {
		return "" // the pattern is a constant and the files are part of the program
	}
	return strings.TrimSuffix(path.Base(names[len(names)-1]), ".sql")
}

// readViews reads the views among files.
func readViews(files fs.FS) (sql.Views, error) {
	of, err := fs.Sub(files, "sql")
	if err != nil {
		return nil, fmt.Errorf("list the views: %w", err)
	}
	return sql.ReadViews(of)
}
