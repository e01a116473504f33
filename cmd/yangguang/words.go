package main

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

//go:embed messages/*.yaml
var messages embed.FS

// wording is what the command line says in each language: its own words, and what the collector notes.
var wording = sync.OnceValue(func() *language.Bundle {
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

// spoken is the language of a command line: the one that its configuration writes, else that of the environment.
func spoken(arguments []string) string {
	file := os.Getenv(configVariable)
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
	return spokenWith(written.Language)
}

// spokenWith is the language of the command line with a configuration that writes this one. Without any it is that of the environment: Chinese where
// LC_ALL, else LC_MESSAGES, else LANG begins with zh; English otherwise, so that scripts find what they know.
func spokenWith(written string) string {
	if slices.Contains(language.Languages(), written) {
		return written
	}
	if strings.HasPrefix(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")), "zh") {
		return "zh"
	}
	return "en"
}

// words are a line with its values as they are: numbers ungrouped, names without marks for a browser.
func words(printer language.Printer, id string, pairs ...any) string {
	return printer.T("line."+id, plainly(pairs...))
}

// writeWords writes such a line.
func writeWords(out io.Writer, printer language.Printer, id string, pairs ...any) {
	fmt.Fprintln(out, words(printer, id, pairs...))
}

// writeError writes an error, in the words of the language as far as they are known.
func writeError(out io.Writer, printer language.Printer, err error) {
	fmt.Fprintln(out, "yangguang:", printer.SaidOfFile(err.Error()))
}

// tenths are the seconds of a duration with one decimal.
func tenths(took time.Duration) string { return fmt.Sprintf("%.1f", took.Seconds()) }

// plainly are the values of a line of the command line as they are: numbers ungrouped, names without marks for a browser.
func plainly(pairs ...any) map[string]any {
	values := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return values
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// instantLayout writes an instant with its zone: the log has lines of others beside it.
const instantLayout = "2006-01-02 15:04:05 -07:00"

// configVariable stands in for --config.
const configVariable = "YANGGUANG_CONFIG"
