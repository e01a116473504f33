package api

import (
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"rows": [{"a": 1}], "next": "x"}`, `{"rows": null}`, `[1, 2]`, `{"rows": {"a": 1e400}}`, "\ufeff{}", `{"rows": [`, "{} {}"} {
		f.Add([]byte(seed))
	}
	ready, err := compile(Config{Rows: ".rows", Only: ".a", Fields: map[string]string{"title": ".a"}, Paging: Paging{Next: ".next"}})
	if err != nil {
		f.Fatal(err)
	}
	source := &Source{config: Config{Fields: map[string]string{"title": ".a"}}, expressions: ready}
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := ready.parse(t.Context(), body)
		if err != nil && len(read.rows) > 0 {
			t.Error("rows of an answer that is none")
		}
		for _, row := range read.rows {
			if entry := source.entry(t.Context(), "place", row); entry.Content == "" && row != "" {
				t.Errorf("no content of %v", row)
			}
		}
	})
}
