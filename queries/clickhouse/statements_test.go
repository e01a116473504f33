package clickhouse_test

import (
	"testing"

	"yangguang/queries/clickhouse"
)

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
