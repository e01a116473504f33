package web

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/title"
)

// Field says where a value stands: a list of ways, of which the first that finds something counts. In yangguang.yaml it is a
// selector, a mapping, or a sequence of these.
type Field []Way

// Way is one way to find a value. Text is found first (Value, From, Meta, or Select with Nth, Attr, After, Remove), then
// cut (Label, Match with As, Skip, Take).
type Way struct {
	Select string `yaml:"select"` // CSS selector within the row, or the path of a JSON row; empty: the row itself
	Nth    int    `yaml:"nth"`    // which of the elements found, from 1; from the end when negative; default the first that gives text
	Attr   string `yaml:"attr"`   // the attribute of the element instead of its text
	After  bool   `yaml:"after"`  // the bare text after the element, up to the next element
	Remove string `yaml:"remove"` // CSS selector of what is left out of the element's text
	Meta   string `yaml:"meta"`   // content of the page's <meta> of this name or property
	From   string `yaml:"from"`   // another field of the row: title, url, attachment; or page: the page's address
	Value  string `yaml:"value"`  // this very text
	Label  string `yaml:"label"`  // what follows "label：" or "label:" in one of the elements found
	Match  string `yaml:"match"`  // regular expression; its first group, or all it matches; nothing when it does not match
	As     string `yaml:"as"`     // template over the groups of match: $1-$2-$3, ${name}; without match $0 is all the text
	Skip   int    `yaml:"skip"`   // leave out this many characters at the beginning
	Take   int    `yaml:"take"`   // keep at most this many characters; 0: all
	Epoch  bool   `yaml:"epoch"`  // seconds or milliseconds since 1970

	selector cascadia.Selector
	remove   cascadia.Selector
	label    *regexp.Regexp
	match    *regexp.Regexp
}

// UnmarshalYAML reads a selector, a mapping or a sequence of either. Unknown keys are errors with their line.
func (f *Field) UnmarshalYAML(node *yaml.Node) error {
	switch node.Kind {
	case yaml.SequenceNode:
		for _, element := range node.Content {
			var one Field
			if err := one.UnmarshalYAML(element); err != nil {
				return err
			}
			*f = append(*f, one...)
		}
		return nil
	case yaml.MappingNode:
		if err := knownWay(node); err != nil {
			return err
		}
		var way Way
		if err := node.Decode(&way); err != nil {
			return err
		}
		*f = Field{way}
		return nil
	}
	*f = Field{{Select: node.Value}}
	return nil
}

// prepare compiles the ways. asJSON: the selectors are paths of JSON. values are the names of further values that from may speak of.
func (f Field) prepare(asJSON bool, values ...string) error {
	var problems []error
	for i := range f {
		problems = append(problems, f[i].prepare(asJSON, values))
	}
	return errors.Join(problems...)
}

func (w *Way) prepare(asJSON bool, values []string) error {
	var problems []error
	compile := func(key, text string) cascadia.Selector {
		selector, err := cascadia.Compile(text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %q is not a CSS selector: %w", key, text, err))
		}
		return selector
	}
	if w.Select != "" && !asJSON {
		w.selector = compile("select", w.Select)
	}
	if w.Remove != "" && !asJSON {
		w.remove = compile("remove", w.Remove)
	}
	if asJSON && (w.Attr != "" || w.After || w.Remove != "" || w.Meta != "") {
		problems = append(problems, errors.New("attr, after, remove and meta are for HTML; a value of JSON is found by select: a.path"))
	}
	if w.Label != "" {
		// Labels are padded inside with spaces to align them: 来　　源：
		letters := strings.Split(strings.Join(strings.Fields(w.Label), ""), "")
		for i, letter := range letters {
			letters[i] = regexp.QuoteMeta(letter)
		}
		w.label = regexp.MustCompile(`(?:^|[\s|｜\[【(（])` + strings.Join(letters, `[\s\x{3000}]*`) + `[\s\x{3000}]*[：:]\s*`)
	}
	if w.Match != "" {
		var err error
		if w.match, err = regexp.Compile(w.Match); err != nil {
			problems = append(problems, fmt.Errorf("match: %q is not a regular expression: %w", w.Match, err))
		}
	}
	if pattern := cmp.Or(w.match, whole); w.As != "" {
		for _, group := range title.UnknownGroups(pattern, w.As) {
			problems = append(problems, fmt.Errorf("as: %q speaks of the group %s, which match does not have", w.As, group))
		}
	}
	if w.Skip < 0 || w.Take < 0 {
		problems = append(problems, errors.New("skip and take are numbers of characters, 0 or more"))
	}
	if known := append([]string{"title", "url", "attachment", "page"}, values...); w.From != "" && !slices.Contains(known, w.From) {
		problems = append(problems, fmt.Errorf("from: %q is unknown; one of %s", w.From, strings.Join(known, ", ")))
	}
	sources := 0
	for _, given := range []bool{w.Select != "", w.Meta != "", w.From != "", w.Value != ""} {
		if given {
			sources++
		}
	}
	if sources > 1 {
		problems = append(problems, errors.New("only one of select, meta, from and value says where the text stands; write alternatives as a list"))
	}
	return errors.Join(problems...)
}
