package api

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/itchyny/gojq"
)

// What an expression may take is bounded, in time, in memory and in what it gives; what pages need is not touched.
func TestExpressionsAreBounded(t *testing.T) {
	for _, test := range []struct{ expression, wants string }{
		{"[range(1e9)]", errMemory.Error()},
		{"range(1e9)", "more than 100000 values"},
		{"[limit(1e9; repeat(1))]", errMemory.Error()},
		{`reduce range(60) as $i ("xxxxxxxx"; . + .)`, errMemory.Error() + "|" + errWeight.Error()},
		{`"x" * 2000000000`, errRepeated.Error()},
		{`[.rows[] | .name * 1000000000] | length`, errRepeated.Error()},
		{`.a = "x" | .a *= 2000000000`, errRepeated.Error()},
		{`_multiply("x"; 2000000000)`, errRepeated.Error()},
		{`reduce range(60) as $i ([1]; [., .]) | tojson`, errWeight.Error()},
		{`reduce range(60) as $i ({}; {a: ., b: .}) | tostring`, errWeight.Error()},
		{`reduce range(60) as $i ({}; .a = . | .b = .) | tostring`, errWeight.Error()},
		{`def twice: [., .]; reduce range(60) as $i (1; twice) | @json`, errWeight.Error()},
		{`def twice(f): f + f; reduce range(60) as $i ([1]; twice(.)) | length`, errWeight.Error()},
		{`reduce range(60) as $i (1; [limit(2; repeat(.))]) | sort | tojson`, errWeight.Error()},
		{`reduce range(20000) as $i (1; [.])`, errWeight.Error()},
		{`reduce range(60) as $i (12345678901234567890; . * .)`, errWeight.Error()},
		{`"x" * 2000000 | [match("";"g")] | length`, errText.Error()},
		{`"x" * 2000000 | gsub("";"y")`, errText.Error()},
		{`reduce range(60) as $i ("xxxxxxxx"; "\(.)\(.)")`, errWeight.Error()},
		{`.rows[0].n *= 3 | .rows[0].n`, ""},
		{`.rows |= map(select(.n > 1)) | .rows[0].name`, ""},
		{`[.rows[] | select(.name | test("^b"))] | del(.[0].n)`, ""},
		{`(first(.rows[]) | .name) |= ascii_upcase | .rows[0]`, ""},
		{`[.rows[] | {(.name): (.n * 2)}] | add | to_entries | map("\(.key)=\(.value)") | join(",") | sub("a"; "A")`, ""},
		{`[limit(3; 1 | recurse(. * 2))] | tojson | fromjson`, ""},
		{`[paths] | length`, ""},
		{`"xy" * 3`, ""},
		{`3 * "xy"`, ""},
		{".rows[0].n * 2 + 1", ""},
		{"[.rows[] | select(.n * 2 == 4)] | length", ""},
		{`.rows | map({name, twice: (.n * 2)}) | .[1].twice`, ""},
		{`def f: if . > 5 then . else . * 2 | f end; 1 | f`, ""},
	} {
		expression, wants := test.expression, test.wants
		t.Run(expression, func(t *testing.T) {
			made, err := compile(Config{Rows: expression})
			if err != nil {
				t.Fatal(err)
			}
			values, err := run(t.Context(), made.rows, map[string]any{"rows": []any{map[string]any{"name": "a", "n": 1}, map[string]any{"name": "b", "n": 2}}})
			if wants == errMemory.Error() && errors.Is(err, errTime) {
				return // a slow machine reaches that bound first
			}
			if wants != "" && (err == nil || !strings.Contains(err.Error(), wants) && !strings.Contains(wants, err.Error())) {
				t.Errorf("got %d values and %v, want %s", len(values), err, wants)
			}
			if wants == "" {
				query, _ := gojq.Parse(expression)
				plain, _ := query.Run(map[string]any{"rows": []any{map[string]any{"name": "a", "n": 1}, map[string]any{"name": "b", "n": 2}}}).Next()
				if err != nil || len(values) != 1 || !reflect.DeepEqual(values[0], plain) {
					t.Errorf("got %v and %v, want %v", values, err, plain)
				}
			}
		})
	}
}

// An expression that never ends is ended, with the reason; one whose collection is ended says that.
func TestExpressionsEnd(t *testing.T) {
	t.Parallel()
	made, err := compile(Config{Rows: "def f: f; f"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(t.Context(), made.rows, nil); !errors.Is(err, errTime) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := run(ctx, made.rows, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
