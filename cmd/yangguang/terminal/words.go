package terminal

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/dashboard/language"
	"yangguang/dashboard/whatif"
)

// ConfigVariable stands in for --config.
const ConfigVariable = "YANGGUANG_CONFIG"

// InstantLayout writes an instant with its zone: the log has lines of others beside it.
const InstantLayout = "2006-01-02 15:04:05 -07:00"

//go:embed messages/*.yaml
var messages embed.FS

// Bundle is what the command line says in each language: its own words, and what the collector notes.
var Bundle = sync.OnceValue(func() *language.Bundle {
	bundle, err := language.Load()
	if err == nil {
		err = bundle.Add(messages)
	}
	if err == nil {
		err = bundle.Add(whatif.Messages)
	}
	if err != nil {
		panic(err) // the messages are part of the program
	}
	return bundle
})

// LanguageOf is the language of a command line: the one that its configuration writes, else that of the environment.
func LanguageOf(arguments []string) string {
	file := os.Getenv(ConfigVariable)
	for i, argument := range arguments {
		if value, joined := strings.CutPrefix(argument, "--config="); joined {
			file = value
		} else if argument == "--config" && i+1 < len(arguments) {
			file = arguments[i+1]
		}
	}
	var written struct {
		Language string `yaml:"language"`
	}
	if content, err := os.ReadFile(file); err == nil {
		_ = yaml.Unmarshal(content, &written) // what is wrong with the file is reported when it is read
	}
	return LanguageWith(written.Language)
}

// LanguageWith is the language of the command line with a configuration that writes this one. Without any it is that of the environment: Chinese where
// LC_ALL, else LC_MESSAGES, else LANG begins with zh; English otherwise, so that scripts find what they know.
func LanguageWith(written string) string {
	if slices.Contains(language.Languages(), written) {
		return written
	}
	if strings.HasPrefix(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")), "zh") {
		return "zh"
	}
	return "en"
}

// Line is a line of the messages with its values as they are: numbers ungrouped, names without marks for a browser.
func Line(printer language.Printer, id string, pairs ...any) string {
	return printer.T("line."+id, plainly(pairs...))
}

// WriteLine writes such a line.
func WriteLine(out io.Writer, printer language.Printer, id string, pairs ...any) {
	fmt.Fprintln(out, Line(printer, id, pairs...))
}

// WriteError writes an error, in the words of the language as far as they are known.
func WriteError(out io.Writer, printer language.Printer, err error) {
	fmt.Fprintln(out, "yangguang:", printer.SaidOfFile(err.Error()))
}

// Tenths are the seconds of a duration with one decimal.
func Tenths(took time.Duration) string { return fmt.Sprintf("%.1f", took.Seconds()) }

// plainly are the values of a line of the command line as they are: numbers ungrouped, names without marks for a browser.
func plainly(pairs ...any) map[string]any {
	values := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return values
}

// OneLine is a text with every run of spaces and line ends as one space.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
