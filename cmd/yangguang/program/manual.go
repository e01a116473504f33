package program

import (
	"context"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
)

// manual writes the manual page yangguang(1), in roff.
type manual struct{}

// Run is the command.
func (manual) Run(_ context.Context, streams terminal.Streams, parsed *kong.Context) error {
	var page strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&page, format+"\n", values...) }
	line(`.TH YANGGUANG 1 "" "yangguang %s"`, roff(build.Version))
	line(".SH NAME\nyangguang \\- %s", roff(terminal.Line(streams.Words, "manual_name")))
	line(".SH SYNOPSIS\n.B yangguang\n.I COMMAND\n[\\fIARGUMENT\\fR...] [\\fB\\-\\-flags\\fR]")
	line(".SH DESCRIPTION\n%s", roff(terminal.Line(streams.Words, "manual_description")))
	line(".SH COMMANDS")
	for _, command := range describe(parsed.Model).Commands {
		line(".SS %s\n%s", roff(command.Usage), roff(command.Help))
		for _, report := range command.reports(streams.Words) {
			line(".TP\n.I %s\n%s", roff(report[0]), roff(report[1]))
		}
		for _, flag := range command.Flags {
			line(".TP\n.B %s\n%s", roff(flag.String()), roff(flag.Help))
		}
	}
	line(".SH ENVIRONMENT")
	for _, variable := range config.Variables {
		line(".TP\n.B %s\n%s", roff(variable), roff(streams.Words.T("help.variable."+variable)))
	}
	line(".SH EXIT STATUS")
	for status, id := range []string{"manual_done", "manual_failed", "manual_wrong"} {
		line(".TP\n.B %d\n%s", status, roff(terminal.Line(streams.Words, id)))
	}
	line(".SH FILES\n.TP\n.I /etc/yangguang/yangguang.yaml\n%s", roff(terminal.Line(streams.Words, "manual_config")))
	line(".TP\n.I /var/lib/yangguang\n%s", roff(terminal.Line(streams.Words, "manual_data")))
	_, err := streams.Out.Write([]byte(page.String()))
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
