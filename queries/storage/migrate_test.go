package storage

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
)

// MigrateFiles is Migrate with other files, for tests.
func MigrateFiles(ctx context.Context, s *clickhouse.Store, files fs.FS) error {
	return migrate(ctx, s, files)
}

// errCut is what a cutConn fails with.
var errCut = errors.New("cut")

// cutConn lets so many statements through and fails the next, before or after it was done.
type cutConn struct {
	driver.Conn
	left  int
	after bool
}

func (c *cutConn) Exec(ctx context.Context, query string, args ...any) error {
	if c.left--; c.left >= 0 {
		return c.Conn.Exec(ctx, query, args...)
	}
	if c.after {
		if err := c.Conn.Exec(ctx, query, args...); err != nil {
			return err
		}
	}
	return errCut
}

// CutAfter makes a Store on the same connection whose statements fail from some point on, for tests.
func CutAfter(s *clickhouse.Store, statements int, done bool) *clickhouse.Store {
	return s.Over(&cutConn{Conn: s.Conn(), left: statements, after: done})
}

// StatementsOf is how many statements were run on a Store of CutAfter(…, math.MaxInt, …).
func StatementsOf(s *clickhouse.Store) int { return math.MaxInt - s.Conn().(*cutConn).left }

// ErrCut is what such a Store fails with.
var ErrCut = errCut

func TestEmbeddedSchemaIsStatements(t *testing.T) {
	for _, pattern := range []string{"schema/*.sql", "sql/views/*.sql"} {
		names, err := fs.Glob(schemaFiles, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s matches %v, %v", pattern, names, err)
		}
	}
}

// Every step of the schema has a number of its own, written with four digits; 0016, which two have, was given before this was tested.
func TestSchemaNumbersAreUnique(t *testing.T) {
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, name := range names {
		number, _, numbered := strings.Cut(strings.TrimPrefix(name, "schema/"), "_")
		if _, err := strconv.ParseUint(number, 10, 16); !numbered || len(number) != 4 || err != nil {
			t.Errorf("%s: its name does not begin with a number of four digits and _", name)
		}
		if before, taken := seen[number]; taken && number != "0016" {
			t.Errorf("%s has the number of %s", name, before)
		}
		seen[number] = name
	}
}

func TestSchemaIsTheNewestMigration(t *testing.T) {
	t.Parallel()
	if _, err := fs.Stat(schemaFiles, "schema/"+Schema()+".sql"); err != nil || !strings.HasPrefix(Schema(), "00") {
		t.Errorf("the schema is called %q: %v", Schema(), err)
	}
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	for _, name := range names {
		if name > "schema/"+Schema()+".sql" {
			err = errors.Join(err, errors.New(name+" is newer"))
		}
	}
	if err != nil {
		t.Error(err)
	}
}
