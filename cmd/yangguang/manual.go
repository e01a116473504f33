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
	line(".SH NAME\nyangguang \\- analytics for disclosure duty")
	line(".SH SYNOPSIS\n.B yangguang\n.I COMMAND\n[\\fIARGUMENT\\fR...] [\\fB\\-\\-flags\\fR]")
	line(".SH DESCRIPTION\n%s", roff("Collects disclosure records into ClickHouse, ranks units, serves pages, exports and metrics. yangguang COMMAND --help says the same as this page."))
	line(".SH COMMANDS")
	for _, command := range describe(parsed.Model).Commands {
		line(".SS %s\n%s", roff(command.Usage), roff(command.Help))
		for _, flag := range command.Flags {
			line(".TP\n.B %s\n%s", roff(flag.String()), roff(flag.Help))
		}
	}
	line(".SH ENVIRONMENT")
	for _, variable := range variables {
		line(".TP\n.B %s\n%s", roff(variable.name), roff(variable.help))
	}
	line(".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\nsomething failed: a source, ClickHouse\n.TP\n.B 2\nwrong usage or configuration")
	line(".SH FILES\n.TP\n.I /etc/yangguang/yangguang.yaml\nthe configuration of the service\n.TP\n.I /var/lib/yangguang\nthe embedded database of the service")
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
