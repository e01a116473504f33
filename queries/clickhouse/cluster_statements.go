package clickhouse

import (
	"regexp"
	"strings"
)

// The statements that make and change tables are written for one server. On a cluster each becomes what makes the same of the tables on all
// shards: the tables that hold their rows, named …_local, and those of their names that stand for all of them.
var (
	database      = regexp.MustCompile("(?s)^((?:CREATE|DROP) DATABASE (?:IF (?:NOT )?EXISTS )?(?:`[^`]*`|\\w+))(.*)$")
	createTable   = regexp.MustCompile(`(?s)^CREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*(.*)$`)
	createAs      = regexp.MustCompile(`(?s)^AS (\w+)(.*)$`)
	createView    = regexp.MustCompile(`(?s)^CREATE OR REPLACE VIEW (\w+)\s+(.*)$`)
	alterTable    = regexp.MustCompile(`(?s)^ALTER TABLE (\w+)\s+(.*)$`)
	alterColumns  = regexp.MustCompile(`^(?:ADD|MODIFY|DROP|RENAME|COMMENT) COLUMN\b`)
	moveTo        = regexp.MustCompile(`\bTO TABLE (\w+)`)
	dropTable     = regexp.MustCompile(`(?s)^DROP TABLE IF EXISTS (\w+)(.*)$`)
	truncateTable = regexp.MustCompile(`(?s)^TRUNCATE TABLE (IF EXISTS )?(\w+)(.*)$`)
	deleteFrom    = regexp.MustCompile(`(?s)^DELETE FROM (\w+)\s+(.*)$`)
	mergeTree     = regexp.MustCompile(`\bENGINE = (\w*MergeTree)\b(?:\(([^)]*)\))?`)
)

// onShards is what makes of a statement for one server the same on every shard, in the order in which it is to be done; nil when the statement
// is one for the server that is asked: a question, or an insert, which the tables part themselves.
func (c *Cluster) onShards(statement string) []string {
	statement = strings.TrimSpace(WithoutComments(statement))
	on := c.onAll("")
	switch {
	case database.MatchString(statement):
		return []string{database.ReplaceAllString(statement, "${1}"+on+"${2}")}
	case createTable.MatchString(statement):
		parts := createTable.FindStringSubmatch(statement)
		table, definition := parts[1], createAs.ReplaceAllString(parts[2], "AS ${1}"+LocalSuffix+"${2}")
		return []string{
			"CREATE TABLE IF NOT EXISTS " + table + LocalSuffix + on + " " + c.stored(definition),
			c.standingFor(table),
		}
	case createView.MatchString(statement):
		return []string{createView.ReplaceAllString(statement, "CREATE OR REPLACE VIEW ${1}"+on+" ${2}")}
	case alterTable.MatchString(statement):
		parts := alterTable.FindStringSubmatch(statement)
		change := c.stored(moveTo.ReplaceAllString(parts[2], "TO TABLE ${1}"+LocalSuffix))
		changes := []string{"ALTER TABLE " + parts[1] + LocalSuffix + on + " " + change}
		if alterColumns.MatchString(change) {
			changes = append(changes, "ALTER TABLE "+parts[1]+on+" "+change)
		}
		return changes
	case dropTable.MatchString(statement):
		return []string{
			dropTable.ReplaceAllString(statement, "DROP TABLE IF EXISTS ${1}"+on+"${2}"),
			dropTable.ReplaceAllString(statement, "DROP TABLE IF EXISTS ${1}"+LocalSuffix+on+"${2}"),
		}
	case truncateTable.MatchString(statement):
		return []string{truncateTable.ReplaceAllString(statement, "TRUNCATE TABLE ${1}${2}"+LocalSuffix+on+"${3}")}
	case deleteFrom.MatchString(statement):
		return []string{deleteFrom.ReplaceAllString(statement, "DELETE FROM ${1}"+LocalSuffix+on+" ${2}")}
	}
	return nil
}

// onAll is what a statement begins with that the Keeper hands on to all servers; without one each is told by itself.
func (c *Cluster) onAll(statement string) string {
	if c.Replicated {
		return statement + " ON CLUSTER " + Quoted(c.Name)
	}
	return statement
}

// standingFor makes the table that stands for those on all shards.
func (c *Cluster) standingFor(table string) string {
	return c.onAll("CREATE TABLE IF NOT EXISTS "+table) + " AS " + table + LocalSuffix + " ENGINE = Distributed(" + SqlText(c.Name) + ", currentDatabase(), " +
		SqlText(table+LocalSuffix) + ", " + c.placement(table) + ")"
}

// stored is a definition as the tables with the rows take it: with a Keeper they are replicated, each under a path of its own.
func (c *Cluster) stored(definition string) string {
	if !c.Replicated {
		return definition
	}
	definition = mergeTree.ReplaceAllStringFunc(definition, func(engine string) string {
		parts := mergeTree.FindStringSubmatch(engine)
		arguments := "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'"
		if parts[2] != "" {
			arguments += ", " + parts[2]
		}
		return "ENGINE = Replicated" + parts[1] + "(" + arguments + ")"
	})
	return strings.ReplaceAll(definition, "non_replicated_deduplication_window", "replicated_deduplication_window")
}
