package feed

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		items, err := parse(body, "http://localhost/feed.xml")
		if err != nil && len(items) > 0 {
			t.Error("items of a feed that is none")
		}
		ids := map[string]bool{}
		for _, item := range items {
			id := item.elements["id"]
			if ids[id] && id != "" {
				t.Errorf("two items with the id %q", id)
			}
			ids[id] = true
			if !utf8.ValidString(item.content) {
				t.Errorf("content %q", item.content)
			}
		}
	})
}
