package language

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"yangguang/queries/model"
)

// Printer says things in one language. It is safe for concurrent use.
type Printer struct {
	language  string
	ids       map[string]bool
	fixed     map[string]string
	localizer *i18n.Localizer
	heard     []heard
}

// Printer returns the printer of a language; any other name than those of Languages gives the default, Chinese.
func (b *Bundle) Printer(name string) Printer {
	if !slices.Contains(Languages(), name) {
		name = Languages()[0]
	}
	return Printer{name, b.ids[name], b.fixed[name], i18n.NewLocalizer(b.bundle, name), b.heard}
}

// Language is "zh" or "en".
func (p Printer) Language() string { return p.language }

// Column is a column's header in an export: in English the key itself (SPEC §7).
func (p Printer) Column(key string) string {
	if p.language == "en" {
		return key
	}
	return p.Label(key)
}

// Code is a code value in an export: in English the code itself (SPEC §7).
func (p Printer) Code(column, code string) string {
	if p.language == "en" {
		return code
	}
	return p.CodeLabel(column, code)
}

// Header is Column for one report, where the same key can mean something else: 程序规范率 of a unit, 程序规范 of an obligation.
func (p Printer) Header(report, key string) string {
	if p.language == "en" {
		return key
	}
	return p.ReportLabel(report, key)
}

// Label is what a page calls a column.
func (p Printer) Label(key string) string { return p.T("column." + key) }

// ReportLabel is what a page calls a column of one report.
func (p Printer) ReportLabel(report, key string) string {
	if id := "column." + report + "." + key; p.ids[id] {
		return p.T(id)
	}
	return p.Label(key)
}

// CodeLabel is what a page calls a code value; an empty code stays empty, one that is not of SPEC stays as it is.
// A code before or after a change is one of the column's own. Several codes of one cell, joined by |, are called by their names in the same way.
func (p Printer) CodeLabel(column, code string) string {
	if strings.Contains(code, "|") {
		codes := strings.Split(code, "|")
		for i := range codes {
			codes[i] = p.CodeLabel(column, codes[i])
		}
		return strings.Join(codes, "|")
	}
	column = strings.TrimSuffix(strings.TrimSuffix(column, "_before"), "_after")
	if id := "code." + column + "." + code; p.ids[id] {
		return p.T(id)
	}
	return code
}

// Period is the period of an obligation of a cadence, a nil return named as such.
func (p Printer) Period(cadence, period string) string {
	if model.IsNilReturn(cadence, period) {
		return period + " " + p.T("period.nil_return")
	}
	return period
}

// Report is the name of a report.
func (p Printer) Report(name string) string { return p.T("report." + name) }

// T says a message. Data is either one map or struct for the message's template, or pairs of a name and a value; the
// value of the pair Count also chooses the plural form. What is missing shows as ⟦id⟧: use Text to get the error.
func (p Printer) T(id string, data ...any) string {
	text, err := p.Text(id, data...)
	if err != nil {
		return "⟦" + id + "⟧"
	}
	return text
}

// Text is T with the error of a missing message or a template that does not fit the data.
func (p Printer) Text(id string, data ...any) (string, error) {
	if text, fixed := p.fixed[id]; fixed && len(data)%2 == 0 { // labels and codes are most of what is said
		return text, nil
	}
	if !p.ids[id] {
		return "", fmt.Errorf("no message %q in %s", id, p.language)
	}
	config := &i18n.LocalizeConfig{MessageID: id}
	switch {
	case len(data) == 1:
		config.TemplateData = data[0]
	case len(data)%2 == 0:
		values := make(map[string]any, len(data)/2)
		for i := 0; i < len(data); i += 2 {
			name := fmt.Sprint(data[i])
			values[name] = counted(name, isolated(data[i+1]))
		}
		config.TemplateData = values
		config.PluralCount = pluralCount(values["Count"])
	default:
		return "", fmt.Errorf("message %q: %d values are not pairs of a name and a value", id, len(data))
	}
	text, err := p.localizer.Localize(config)
	if err != nil {
		return "", fmt.Errorf("message %q in %s: %w", id, p.language, err)
	}
	return text, nil
}

// pluralCount turns any whole number into what go-i18n takes as a count; nil means no plural form.
func pluralCount(value any) any {
	switch n := value.(type) {
	case count:
		return int64(n)
	case uint:
		return int64(n)
	case uint8:
		return int64(n)
	case uint16:
		return int64(n)
	case uint32:
		return int64(n)
	case uint64:
		return int64(n)
	case int, int8, int16, int32, int64, string:
		return n
	default:
		return nil
	}
}
