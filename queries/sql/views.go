// Package sql has the statements that ClickHouse is asked, a file each, and writes the views that they read into them.
package sql

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"sync"
)

// Files are the statements, FOLDER/NAME.sql.
//
//go:embed */*.sql
var Files embed.FS

// argument is one of a view's call: its parameter, and whose value it gets.
const argument = `\w+ = (?:\{\w+:[\w(), ]+\}|toDate32\('[\d-]+'\)|'\w*')`

var (
	viewDefinition = regexp.MustCompile(`(?s)CREATE OR REPLACE VIEW (\w+) AS\s+(.*)`)
	viewCall       = regexp.MustCompile(`\b(\w+)\(((?:` + argument + `,?\s*)+|(?:` + argument + `,\s*)*\.\.\.)\)`)
	viewRead       = regexp.MustCompile(`(?i)\b(?:FROM|JOIN)\s+` + viewCall.String())
	viewArgument   = regexp.MustCompile(`(\w+) = (\{\w+:[\w(), ]+\}|toDate32\('[\d-]+'\)|'\w*')`)
	viewParameter  = regexp.MustCompile(`\{(\w+):[\w(), ]+\}`)
	sqlComment     = regexp.MustCompile(`(?m)--.*$`)
)

// Views are the definitions of sql/views by name. They are installed in the database for whoever asks it directly (Grafana, a client); the
// program writes them into its own questions instead, because ClickHouse plans the body of a parameterised view twice at every level, which
// takes longer than answering. A call name(x = {y:Date32}, ...) gives all parameters that it does not name their own value.
type Views map[string]string

func ReadViews(files fs.FS) (Views, error) {
	names, err := fs.Glob(files, "views/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	definitions := Views{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read view: %w", err)
		}
		parts := viewDefinition.FindStringSubmatch(sqlComment.ReplaceAllString(string(text), ""))
		if parts == nil {
			return nil, fmt.Errorf("%s: not a CREATE OR REPLACE VIEW", name)
		}
		definitions[parts[1]] = strings.TrimSpace(parts[2])
	}
	return definitions, nil
}

// FromResults reads the stored results of units instead of adding them up.
func FromResults() map[string]string {
	return map[string]string{"unit_results": "edition_unit_results"}
}

// FromTotals reads stored totals of whole parts.
func FromTotals() map[string]string {
	return map[string]string{"item_totals": "edition_item_totals", "month_totals": "edition_month_totals", "due_totals": "edition_due_totals"}
}

// FromStandings is fromResults for the standings of units themselves, which are stored as well.
func FromStandings(name string) map[string]string {
	switch name {
	case "ranking/totals": // needs nothing of the registry
		return map[string]string{"standings": "edition_standings"}
	case "ranking/with_summaries": // those of groups are not stored
		return nil
	}
	return map[string]string{"standings": "named_edition_standings"}
}

// AsOfNow needs not look whether the instant was frozen.
func AsOfNow() map[string]string {
	return map[string]string{"known_collections": "ended_collections"}
}

// NoticesOfFile needs not look for notices of the register, where there are none.
func NoticesOfFile() map[string]string {
	return map[string]string{"notices_in_force": "notices_of_file"}
}

// WithoutNilReturns needs not look for nil returns, where no item asks for them.
func WithoutNilReturns() map[string]string {
	return map[string]string{"owed": "all_but_nil_returns_owed"}
}

// WithoutCaps needs not look for what people have confirmed, where the assessment caps no rating.
func WithoutCaps() map[string]string {
	return map[string]string{"standings": "plain_standings"}
}

// with is the same definitions, some of them replaced.
func (v Views) with(bodies Views) Views {
	replaced := maps.Clone(v)
	maps.Copy(replaced, bodies)
	return replaced
}

// SpellOut names every parameter in a text's calls that end in three dots, as ClickHouse wants them.
func (v Views) SpellOut(text string) string {
	return viewCall.ReplaceAllStringFunc(text, func(call string) string {
		parts := viewCall.FindStringSubmatch(call)
		body, known := v[parts[1]]
		named, dots := strings.CutSuffix(parts[2], "...")
		if !known || !dots {
			return call
		}
		var arguments []string
		given := map[string]bool{}
		for _, argument := range viewArgument.FindAllStringSubmatch(named, -1) {
			arguments, given[argument[1]] = append(arguments, argument[0]), true
		}
		for _, parameter := range viewParameter.FindAllStringSubmatch(v.SpellOut(body), -1) {
			if !given[parameter[1]] {
				arguments, given[parameter[1]] = append(arguments, parameter[1]+" = "+parameter[0]), true
			}
		}
		return parts[1] + "(" + strings.Join(arguments, ", ") + ")"
	})
}

// inline replaces every call of a view, name(parameter = argument, …), by the view's body with its parameters replaced.
func (v Views) inline(text string) string {
	return viewCall.ReplaceAllStringFunc(text, func(call string) string {
		parts := viewCall.FindStringSubmatch(call)
		body, known := v[parts[1]]
		if !known {
			return call
		}
		var replacements []string
		for _, argument := range viewArgument.FindAllStringSubmatch(parts[2], -1) {
			for _, kind := range []string{"String", "Date32", "DateTime64(3)", "Bool", "UInt64", "Array(UInt64)", "Array(Tuple(Date32, Date32, Date32))"} {
				replacements = append(replacements, "{"+argument[1]+":"+kind+"}", argument[2])
			}
		}
		return "(" + strings.NewReplacer(replacements...).Replace(v.inline(body)) + ")"
	})
}

// questionTexts remembers what questionText gave: writing the views in takes longer than a small answer. There are only so many texts.
var questionTexts sync.Map

// Text is sql/NAME.sql with the views written in, some of them under the name of another: instead.
func Text(name string, instead ...map[string]string) (string, error) {
	asked := fmt.Sprint(name, instead) // maps are printed in order
	if text, known := questionTexts.Load(asked); known {
		return text.(string), nil
	}
	text, err := writtenQuestion(name, instead)
	if err == nil {
		questionTexts.Store(asked, text)
	}
	return text, err
}

func writtenQuestion(question string, instead []map[string]string) (string, error) {
	definitions, err := ReadViews(Files)
	if err != nil {
		return "", err
	}
	bodies := Views{}
	for _, names := range instead {
		for name, other := range names {
			body, known := definitions[other]
			if _, replaced := definitions[name]; !known || !replaced {
				return "", fmt.Errorf("query %s: the view %s instead of %s: one of them is unknown", question, other, name)
			}
			bodies[name] = body
		}
	}
	text, err := fs.ReadFile(Files, question+".sql")
	if err != nil {
		return "", fmt.Errorf("read query: %w", err)
	}
	written := definitions.with(bodies).inline(sqlComment.ReplaceAllString(string(text), ""))
	if unknown := viewRead.FindStringSubmatch(written); unknown != nil {
		return "", fmt.Errorf("query %s: the view %s is unknown", question, unknown[1])
	}
	return written, nil
}
