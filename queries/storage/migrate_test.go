package storage

import (
	"context"
	"errors"
	"io/fs"
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

// ErrCut is what such a Store fails with.
var ErrCut = errCut

func TestStatements(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", " \n;;-- only this; comment\n/* and; this */", nil},
		{"two", "SELECT 1;\nSELECT 2;", []string{"SELECT 1", "SELECT 2"}},
		{"last without an end", "SELECT 1; SELECT 2", []string{"SELECT 1", "SELECT 2"}},
		{"ends in quotes", "SELECT ';', \";\", `;`; SELECT 2", []string{"SELECT ';', \";\", `;`", "SELECT 2"}},
		{"escaped quotes", `SELECT 'it\'s;', 'it''s;'; SELECT 2`, []string{`SELECT 'it\'s;', 'it''s;'`, "SELECT 2"}},
		{"comments between", "SELECT 1 -- one; it's\n, 2 /* ;' */ ;SELECT 3", []string{"SELECT 1  \n, 2", "SELECT 3"}},
		{"marks in quotes", "SELECT '--', '/*'; SELECT 2", []string{"SELECT '--', '/*'", "SELECT 2"}},
		{"open comment", "SELECT 1 /* ;", []string{"SELECT 1"}},
		{"open quote", "SELECT 'a;", []string{"SELECT 'a;"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := clickhouse.Statements(test.text)
			if len(got) != len(test.want) {
				t.Fatalf("got %q, want %q", got, test.want)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("statement %d is %q, want %q", i+1, got[i], test.want[i])
				}
			}
		})
	}
}

func FuzzStatements(f *testing.F) {
	for _, text := range []string{"SELECT 1; SELECT 2", `'\`, "/*", "--\n;", "`;`"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, statement := range clickhouse.Statements(text) {
			if again := clickhouse.Statements(statement); len(again) != 1 {
				t.Errorf("%q, a statement of %q, has %d statements", statement, text, len(again))
			}
		}
	})
}

func TestOnlyReads(t *testing.T) {
	for statement, want := range map[string]bool{
		"SELECT 1": true, " -- why\n select\n1": true, "WITH 1 AS x SELECT x": true, "(SELECT 1)": true, "SHOW TABLES": true, "EXPLAIN SELECT 1": true,
		"INSERT INTO a SELECT 1": false, "CREATE TABLE a": false, "ALTER TABLE a": false, "": false, "/* SELECT */ DROP TABLE a": false,
	} {
		if got := clickhouse.OnlyReads(statement); got != want {
			t.Errorf("%q only reads: %t, want %t", statement, got, want)
		}
	}
}

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
