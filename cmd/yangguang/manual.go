package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// manual writes the manual page yangguang(1), in roff.
type manual struct{}

// Run is the command.
func (manual) Run(_ context.Context, streams streams, parsed *kong.Context) error {
	var page strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&page, format+"\n", values...) }
	line(`.TH YANGGUANG 1 "" "yangguang %s"`, roff(version))
	line(".SH NAME\nyangguang \\- %s", roff(words(streams.words, "manual_name")))
	line(".SH SYNOPSIS\n.B yangguang\n.I COMMAND\n[\\fIARGUMENT\\fR...] [\\fB\\-\\-flags\\fR]")
	line(".SH DESCRIPTION\n%s", roff(words(streams.words, "manual_description")))
	line(".SH COMMANDS")
	for _, command := range describe(parsed.Model).Commands {
		line(".SS %s\n%s", roff(command.Usage), roff(command.Help))
		for _, report := range command.reports(streams.words) {
			line(".TP\n.I %s\n%s", roff(report[0]), roff(report[1]))
		}
		for _, flag := range command.Flags {
			line(".TP\n.B %s\n%s", roff(flag.String()), roff(flag.Help))
		}
	}
	line(".SH ENVIRONMENT")
	for _, variable := range variables {
		line(".TP\n.B %s\n%s", roff(variable), roff(streams.words.T("help.variable."+variable)))
	}
	line(".SH EXIT STATUS")
	for status, id := range []string{"manual_done", "manual_failed", "manual_wrong"} {
		line(".TP\n.B %d\n%s", status, roff(words(streams.words, id)))
	}
	line(".SH FILES\n.TP\n.I /etc/yangguang/yangguang.yaml\n%s", roff(words(streams.words, "manual_config")))
	line(".TP\n.I /var/lib/yangguang\n%s", roff(words(streams.words, "manual_data")))
	_, err := streams.out.Write([]byte(page.String()))
	return err
}

// roff escapes one line of text.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, `-`, `\-`, "\n", " ").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}
