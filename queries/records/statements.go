package records

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// attempts is how often a statement is tried that ClickHouse ends under: the statement itself might be the cause.
const attempts = 5

// noteMerged is the statement that reads the staged rows that are not among the settled ones.
const noteMerged = "note_merged"

// statement reads sql/collect/name.sql for this collection. Tables cannot be parameters everywhere, so the collection's
// number is written into their names.
func (c *Collection) statement(name string) string {
	contents := "SELECT toUInt64(0) AS version, toUInt64(0) AS content WHERE false" // a ledger's rows are not stored
	if c.contents.Load() > 0 {
		contents = "SELECT version, xxHash64(content) AS content FROM keeping_$collection"
	}
	// What can be of no row is not planned: that takes longer than asking it of a district's rows.
	known, grown := "SELECT '' AS list, toUInt64(0) AS lowest, CAST(NULL AS Nullable(Date32)) AS earliest WHERE false", "SELECT '' WHERE false"
	several := c.start.Online && len(c.lists) > 0
	if several {
		grown = textOf("grown")
	}
	if several || c.start.Online && c.mayShift() {
		known = textOf("known")
	}
	looked := "record_id IN ($standing)"
	if last, _ := c.LookBefore(); last.Slot == 0 {
		looked = "true"
	}
	written := strings.NewReplacer("$contents", contents, "$looked", looked, "$known", strings.ReplaceAll(known, "$grown", grown)).Replace(textOf(name))
	if c.settled && name != noteMerged {
		written = ofSettled.Replace(written)
	}
	return strings.ReplaceAll(ofIdentities.Replace(written), "$collection", strconv.FormatUint(c.id, 10))
}

// textOf is sql/collect/name.sql.
func textOf(name string) string {
	text, err := sql.Files.ReadFile("collect/" + name + ".sql")
	if err != nil {
		panic(err) // the name is a constant and the file is part of the program
	}
	return string(text)
}

// ofSettled lets a statement read the rows under the records that they are versions of.
var ofSettled = strings.NewReplacer(
	"FROM collecting_$collection", "FROM settled_$collection", "JOIN collecting_$collection", "JOIN settled_$collection",
	"FROM keeping_$collection", `FROM (
	SELECT k.version AS version, s.record_id AS record_id, s.hash AS hash, k.content AS content
	FROM keeping_$collection AS k INNER JOIN settled_$collection AS s ON s.version = k.version
)`,
)

// ofList is the list of a source of several that a staged row is of.
const ofList = "{lists:Array(String)}[arrayLastIndex(begin -> begin <= version, {list_versions:Array(UInt64)})]"

// ofIdentities are what several statements read of the staged rows and of the records in force alike.
var ofIdentities = strings.NewReplacer(
	"$slot", `multiIf(
	has({events:Array(String)}, toString(item_id)) AND isNotNull(coalesce(occurred_on, approved_on)), concat('o', ifNull(toString(coalesce(occurred_on, approved_on)), '')),
	isNotNull(period_to), concat('p', ifNull(toString(period_from), ''), '/', ifNull(toString(period_to), '')),
	isNotNull(occurred_on), concat('o', ifNull(toString(occurred_on), '')),
	dated_by_sight, 's',
	concat('d', ifNull(toString(published_on), '')))`,
	"$list", ofList,
	"$rest", `cityHash64(unit_id, toString(item_id), title, event_id, if(isNull(period_to), period, ''), toString(scope), url, steps, online, dated_by_sight,
	arrayMap(day -> ifNull(toInt32(day), -1000000), [period_from, period_to, occurred_on, proposed_on, reviewed_on, approved_on,
		if(dated_by_sight, NULL, published_on), uploaded_on, withdrawn_on]))`,
	// $standing are the records of the last look in whose place something may stand now: those of the days shown now, where rows of then are there
	// again, so that newer rows have pushed the others out; else all of them that the last look read. Each of several lists shows days of its own.
	"$standing", `WITH
		(
			SELECT {kind:String} = 'ledger' OR countIf(part != '') = 0 FROM looked_rows FINAL
			WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64}
		) AS undivided,
		stood AS (
			SELECT if(undivided, '', toString(part)) AS list, record_id, number, day, withdrawn FROM looked_rows FINAL
			WHERE source = {source:String} AND slot = {other_slot:UInt8} AND collection_id = {other_id:UInt64} AND fate = 'record'
		),
		shows AS (
			SELECT list, if({kind:String} = 'ledger' OR 2 * countIf(NOT pinned) < count(), min(day), minIf(day, NOT pinned)) AS shown_from FROM (
				SELECT list, day, ifNull(max(day) OVER (PARTITION BY list ORDER BY version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) > day, false) AS pinned
				FROM (
					SELECT if(undivided, '', `+ofList+`) AS list, version, if(dated_by_sight, occurred_on, coalesce(published_on, occurred_on)) AS day
					FROM collecting_$collection)
				WHERE day IS NOT NULL)
			GROUP BY list
		),
		again AS (SELECT DISTINCT list FROM stood WHERE record_id IN (SELECT record_id FROM collecting_$collection))
	SELECT s.record_id FROM stood AS s LEFT JOIN shows ON shows.list = s.list
	WHERE NOT s.withdrawn AND s.record_id != ''
		AND ({complete:Bool} OR ifNull(s.day >= shows.shown_from, true) OR s.number < 1099511627776 AND s.list NOT IN (SELECT list FROM again))`,
	"$identity", `record_id, version, derived, unit_id, item_id, title, event_id, event_key, period, period_from, period_to, occurred_on, proposed_on, reviewed_on,
	approved_on, published_on, uploaded_on, withdrawn_on, unseen_on, scope, channel, url, steps, online, dated_by_sight, place, hash`,
)

// exec runs a statement that may be run twice without harm, until ClickHouse has answered.
func (c *Collection) exec(ctx context.Context, name string, more ...any) error {
	text := c.statement(name)
	return repeated(ctx, func() error {
		return c.store.Conn().Exec(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), text, c.arguments(text, more)...)
	})
}

// scan reads the single row of an answer.
func (c *Collection) scan(ctx context.Context, name string, values ...any) error {
	return c.scanWith(ctx, name, nil, values...)
}

// scanWith is scan with further parameters.
func (c *Collection) scanWith(ctx context.Context, name string, more []any, values ...any) error {
	text := c.statement(name)
	return repeated(ctx, func() error {
		return c.store.Conn().QueryRow(ctx, text, c.arguments(text, more)...).Scan(values...)
	})
}

// collect reads all rows of an answer into a slice.
func (c *Collection) collect(ctx context.Context, name string, rows any, more ...any) error {
	text := c.statement(name)
	return repeated(ctx, func() error {
		return c.store.Conn().Select(ctx, rows, text, c.arguments(text, more)...)
	})
}

// arguments are the server-side parameters that a statement mentions.
func (c *Collection) arguments(text string, more []any) []any {
	arguments := slices.Clone(more)
	for name, value := range map[string]string{
		"source":        c.start.Source,
		"collection_id": strconv.FormatUint(c.id, 10),
		"kind":          c.start.Kind,
		"slot":          strconv.FormatUint(uint64(c.slot), 10),
		"first_version": strconv.FormatUint(c.FirstVersion, 10),
		"config_hash":   c.start.ConfigHash,
		"started_ms":    strconv.FormatInt(c.start.Started.UnixMilli(), 10),
		"seen_ms":       strconv.FormatInt(c.start.Started.UnixMilli(), 10),
		"day":           c.start.Day.String(),
		"online":        strconv.FormatBool(c.start.Online),
		"last_end":      c.lastEnd().String(),
	} {
		if strings.Contains(text, "{"+name+":") {
			arguments = append(arguments, clickhouse.Named(name, value))
		}
	}
	if strings.Contains(text, "{lists:") {
		names, versions := []string{""}, []uint64{0} // of rows before the first list
		for _, l := range c.lists {
			names, versions = append(names, l.name), append(versions, l.first)
		}
		arguments = append(arguments, clickhouse.Named("lists", names), clickhouse.Named("list_versions", clickhouse.Numbers(versions)))
	}
	if strings.Contains(text, "{events:") {
		arguments = append(arguments, clickhouse.Named("events", append([]string{}, c.events...)))
	}
	return arguments
}

// write inserts the collection's row.
func (c *Collection) write(ctx context.Context, counts Counts, ended time.Time, ending Ending) error {
	if ending.Outcome != "running" && ended.UnixMilli() <= c.start.Started.UnixMilli() {
		ended = c.start.Started.Add(time.Millisecond) // so that the end replaces the start even if the clock went back
	}
	remarks, err := remarksText(ending.Remarks)
	if err != nil {
		return err
	}
	arguments := []any{
		clickhouse.Named("remarks", remarks),
		clickhouse.Named("outcome", ending.Outcome),
		clickhouse.Named("error", ending.Error),
		clickhouse.Named("accepted", ending.Accepted),
		clickhouse.Named("accepted_by", ending.AcceptedBy),
		clickhouse.Named("to_end", strconv.FormatBool(ending.ToEnd)),
		clickhouse.Named("bookmark_cursor", counts.Bookmark.Cursor),
		clickhouse.Named("reach", string(counts.Reach)),
		clickhouse.Named("ended_ms", strconv.FormatInt(ended.UnixMilli(), 10)),
	}
	for name, count := range map[string]uint64{
		"read": counts.Read, "new": counts.New, "changed": counts.Changed, "unchanged": counts.Unchanged,
		"rejected": counts.Rejected, "withdrawn": counts.Withdrawn, "pages": counts.Pages, "bytes": counts.Bytes, "depth": counts.Depth,
		"not_understood": ending.NotUnderstood, "agreeing_days": ending.AgreeingDays, "slot": uint64(c.slot),
		"bookmark_position": counts.Bookmark.Position, "bookmark_above": counts.Bookmark.Above,
	} {
		arguments = append(arguments, clickhouse.Named(name, strconv.FormatUint(count, 10)))
	}
	return c.exec(ctx, "write_collection", arguments...)
}

// repeated does what may be done twice again when the connection broke and it is not known whether it was done. The
// connection itself waits until ClickHouse is back.
func repeated(ctx context.Context, do func() error) error {
	for attempt := 1; ; attempt++ {
		err := do()
		if !errors.Is(err, clickhouse.ErrInterrupted) || attempt == attempts || ctx.Err() != nil {
			return err
		}
	}
}
