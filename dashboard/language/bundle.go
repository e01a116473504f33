// Package language holds every text that a reader sees, in Chinese (the default) and English: column headers, code
// values, names of reports, and the page texts that other packages add.
package language

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

//go:embed messages/*.yaml
var messages embed.FS

// Bundle holds the messages of both languages. Add everything before the first Printer is used; reading is safe for
// concurrent use.
type Bundle struct {
	bundle *i18n.Bundle
	ids    map[string]map[string]bool   // language → message ids
	fixed  map[string]map[string]string // language → message id → the text of a message that takes no values
	heard  []heard                      // sentences of the collector, by their English text
}

// Load returns a bundle with the names of columns, codes and reports.
func Load() (*Bundle, error) {
	b := &Bundle{bundle: i18n.NewBundle(language.Chinese), ids: map[string]map[string]bool{}, fixed: map[string]map[string]string{}}
	b.bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, name := range Languages() {
		b.ids[name], b.fixed[name] = map[string]bool{}, map[string]string{}
	}
	return b, b.Add(messages)
}

// Languages lists the languages, the default first.
func Languages() []string { return []string{"zh", "en"} }

// Add reads every message file NAME.zh.yaml and NAME.en.yaml below fsys. An id that is there already, or in one
// language only, is an error: no page may lack a text.
func (b *Bundle) Add(fsys fs.FS) error {
	err := fs.WalkDir(fsys, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		return b.addFile(fsys, path)
	})
	if err != nil {
		return fmt.Errorf("add message files: %w", err)
	}
	return b.checkSame()
}

func (b *Bundle) addFile(fsys fs.FS, path string) error {
	file, err := b.bundle.LoadMessageFileFS(fsys, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	ids, known := b.ids[file.Tag.String()]
	if !known {
		return fmt.Errorf("%s: want a name that ends in .zh.yaml or .en.yaml", path)
	}
	for _, message := range file.Messages {
		if ids[message.ID] {
			return fmt.Errorf("%s: message %q is there already", path, message.ID)
		}
		ids[message.ID] = true
		if strings.HasPrefix(message.ID, asSaid) && file.Tag == language.English {
			b.heard = append(b.heard, newHeard(message.ID, message.Other))
		}
		if message.One == "" && !strings.Contains(message.Other, "{{") {
			b.fixed[file.Tag.String()][message.ID] = message.Other
		}
	}
	return nil
}

// checkSame reports every message that is in one language only.
func (b *Bundle) checkSame() error {
	var problems []error
	for _, name := range Languages() {
		for _, other := range Languages() {
			for _, id := range b.IDs(name) {
				if !b.ids[other][id] {
					problems = append(problems, fmt.Errorf("message %q is in %s but not in %s", id, name, other))
				}
			}
		}
	}
	return errors.Join(problems...)
}

// IDs lists the message ids of a language in order.
func (b *Bundle) IDs(name string) []string {
	ids := make([]string, 0, len(b.ids[name]))
	for id := range b.ids[name] {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
