package queries

import (
	"context"
	"io/fs"
	"iter"
	"strings"
	"time"
)

// OnShards is what a statement for one server becomes on a cluster.
func (c *Cluster) OnShards(statement string) []string { return c.onShards(statement) }

// OnAll is what a statement that stands for itself becomes.
func (c *Cluster) OnAll(statement string) string { return c.onAll(statement) }

// Definitions are the statements of the program's files that make or change tables and views, or delete, each with its name.
func Definitions() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if !yield("the database", createDatabase("yangguang")) || !yield("schema_migrations", createMigrationsTable) {
			return
		}
		schema, _ := fs.Glob(schemaFiles, "schema/*.sql")
		others, _ := fs.Glob(sqlFiles, "sql/*/*.sql")
		definitions, _ := readViews(sqlFiles)
		for _, name := range append(schema, others...) {
			var text []byte
			if text, _ = fs.ReadFile(schemaFiles, name); text == nil {
				text, _ = fs.ReadFile(sqlFiles, name)
			}
			for _, statement := range statements(definitions.spellOut(strings.ReplaceAll(string(text), "$collection", "1"))) {
				if !onlyReads(statement) && !strings.HasPrefix(statement, "INSERT") && !yield(name, statement) {
					return
				}
			}
		}
	}
}

// ForgetEditions removes old editions and their layers, those begun until an instant.
func (s *Store) ForgetEditions(ctx context.Context, begunUntil time.Time) error {
	return s.forgetEditions(ctx, begunUntil)
}

// ForgetAnswers makes the store look again which facts are stored.
func (s *Store) ForgetAnswers() { s.memory.forget() }

// LayerTables are the tables that hold layers of editions.
func LayerTables() []string { return layerTables() }

// Unsent makes the collection take a batch that it has sent for one whose answer was lost, so that it is sent again.
func (c *Collection) Unsent(records int) {
	c.batches.Add(^uint64(0))
	c.staged.Add(^uint64(records - 1))
}
