package ask_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/stream"
)

func TestReportsInBlocks(t *testing.T) {
	store := district(t)
	for _, report := range model.Reports() {
		t.Run(report.Name, func(t *testing.T) {
			var got []map[string]any
			err := store.StreamBlocks(t.Context(), report, querytest.Question(), func(block stream.Block) error {
				for row := range block.Rows {
					got = append(got, rowIn(report.Columns, block, row))
				}
				return nil
			}, func(values []any) error {
				row := map[string]any{}
				for i, column := range report.Columns {
					row[column.Key] = told(column.Kind, values[i])
				}
				got = append(got, row)
				return nil
			})
			want := querytest.Rows(t, store, report.Name, querytest.Question())
			for _, row := range want {
				for _, column := range report.Columns {
					row[column.Key] = told(column.Kind, row[column.Key])
				}
			}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v (-rows +blocks):\n%s", err, diff)
			}
		})
	}
}

// told is a value as blocks tell it: no text is an empty one.
func told(kind model.Kind, value any) any {
	if value == nil && (kind == model.Text || kind == model.Code) {
		return ""
	}
	return value
}

// rowIn is one row of a block as Stream would give it.
func rowIn(columns []model.Column, block stream.Block, row int) map[string]any {
	values := map[string]any{}
	for i, column := range columns {
		var value any
		switch read := block.Columns[i]; {
		case read.Text != nil:
			value = string(read.Text(row))
		case read.Time != nil:
			if at, known := read.Time(row); known {
				value = at
			}
		default:
			if n, known := read.Whole(row); known {
				value = n
			}
		}
		values[column.Key] = value
	}
	return values
}

// inRows hides that a store answers in blocks.
type inRows struct{ export.Streamer }

func TestCSVIsTheSameInBlocks(t *testing.T) {
	store := storeOfRecords(t, 200_000) // several blocks
	const awkward = `['=1+1', '-5', '-x', ' blank', '\\.', 'a,b', 'say "no"', 'two\r\nlines', 'tab\there', '＝全角', '', '@x', '７', 'ok']`
	err := store.Conn().Exec(t.Context(), `INSERT INTO record_versions (source, record_id, version, collection_id, seen, first_seen, unit_id, item_id, title)
		SELECT 'ledger', 'X' || toString(number), 1, 1, '2026-10-30 00:00:00', '2026-10-30 00:00:00', 'V001', 'I', title
		FROM (SELECT arrayJoin(arrayEnumerate(`+awkward+`)) AS number, `+awkward+`[number] AS title)`)
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	report, _ := model.ReportNamed("records")
	files := map[bool][]byte{}
	for _, blocks := range []bool{true, false} {
		var file bytes.Buffer
		var streamer export.Streamer = store
		if !blocks {
			streamer = inRows{store}
		}
		err := export.Write(t.Context(), &file, "csv", streamer, export.Request{
			Report: report, Question: model.Question{}.WithDefaults(querytest.Day(2026, 10, 31)), Printer: bundle.Printer("zh"), Zone: time.UTC,
		})
		if err != nil {
			t.Fatal(err)
		}
		files[blocks] = file.Bytes()
	}
	if !bytes.Equal(files[true], files[false]) {
		t.Error("blocks and rows give different bytes")
	}
	lines, err := csv.NewReader(bytes.NewReader(files[true])).ReadAll()
	if err != nil || len(lines) != 200_015 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	title := slices.Index(lines[0], "标题")
	if got := lines[slices.IndexFunc(lines, func(line []string) bool { return line[0] == "X1" })][title]; got != "'=1+1" {
		t.Errorf("a formula is written %q", got)
	}
}

func TestBlocksThatBreakOff(t *testing.T) {
	querytest.OverBothProtocols(t, func(t *testing.T, store *ask.Asker) {
		columns := []model.Column{{Key: "text", Kind: model.Text}}
		const late = "SELECT toString(number) || throwIf(number = 500000, 'too late') AS text FROM numbers(1000000) SETTINGS max_threads = 1, max_block_size = 1000"
		ask := func(ctx context.Context, text string, each func(rows int) error) error { // by blocks or by rows
			return store.Blocks(ctx, columns, text, func(block stream.Block) error { return each(block.Rows) }, func([]any) error { return each(1) })
		}
		seen := 0
		count := func(rows int) error { seen += rows; return nil }
		var told *clickhouse.Exception
		if err := ask(t.Context(), late, count); !errors.As(err, &told) || told.Code != 395 || !strings.Contains(told.Message, "too late") || seen == 0 {
			t.Errorf("an error after %d rows is told as %v", seen, err)
		}
		if err := ask(t.Context(), "SELECT nothing", count); err == nil || !strings.Contains(err.Error(), "nothing") {
			t.Errorf("a mistake is told as %v", err)
		}
		enough := errors.New("enough")
		if err := ask(t.Context(), late, func(int) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("an early stop gives %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err := ask(ctx, "SELECT toString(number) AS text FROM numbers(100000000000)", func(int) error { cancel(); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("what is not wanted any more gives %v", err)
		}
		if err := ask(t.Context(), "SELECT 'a' AS text WHERE 0", count); err != nil {
			t.Errorf("nothing gives %v", err)
		}
		if err := ask(t.Context(), "SELECT [1] AS text", count); err == nil {
			t.Error("an array is taken for a text")
		}
	})
}
