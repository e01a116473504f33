package program

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// completion writes what makes a shell complete this program's command line.
type completion struct {
	Shell string `arg:"" enum:"bash,zsh,fish"`
}

//go:embed completion/*
var completionFiles embed.FS

// Run is the command.
func (c completion) Run(_ context.Context, streams terminal.Streams, parsed *kong.Context) error {
	texts, err := template.New("").Funcs(template.FuncMap{"quote": quoteForShell, "join": strings.Join}).ParseFS(completionFiles, "completion/*")
	if err != nil {
		return fmt.Errorf("write the completion of %s: %w", c.Shell, err)
	}
	if err := texts.ExecuteTemplate(streams.Out, c.Shell, describe(parsed.Model)); err != nil {
		return fmt.Errorf("write the completion of %s: %w", c.Shell, err)
	}
	return nil
}

// quoteForShell makes one word of a help text, for all three shells.
func quoteForShell(text string) string {
	return "'" + strings.ReplaceAll(text, `'`, `’`) + "'"
}

// description is the command line as completions and the manual page show it.
type description struct {
	Commands []describedCommand
	Files    []string            // flags that take a file, with their dashes
	Values   map[string][]string // flags that take one of a few words, with their dashes
}

type describedCommand struct {
	Name, Help, Usage string
	Flags             []*kong.Flag
	Words             []string // what the first argument may be; none: anything
}

// Options are the command's flags with their dashes.
func (c describedCommand) Options() (options []string) {
	for _, flag := range c.Flags {
		options = append(options, "--"+flag.Name)
	}
	return options
}

// reports are those that a command writes, a line each.
func (c describedCommand) reports(printer language.Printer) [][2]string {
	if c.Name != "export" {
		return nil
	}
	return reportLines(printer)
}

// describe has the commands that are not hidden, in their order.
func describe(program *kong.Application) description {
	words := map[string][]string{
		"group": model.Codes("group"), "programme": model.Codes("programme"), "focus": model.Codes("focus"), "scope": {"own", "subtree"},
		"lang": language.Languages(), "format": export.Formats(),
	}
	d := description{Values: map[string][]string{}}
	seen := map[string]bool{}
	for _, command := range program.Leaves(true) {
		described := describedCommand{Name: command.Name, Help: command.Help, Usage: command.Summary()}
		for _, flag := range command.Flags {
			if flag.Hidden || flag.Name == "help" {
				continue
			}
			described.Flags = append(described.Flags, flag)
			if seen[flag.Name] {
				continue
			}
			seen[flag.Name] = true
			if few := words[flag.Name]; few != nil {
				d.Values["--"+flag.Name] = few
			} else if strings.Contains(flag.PlaceHolder, "FILE") || strings.Contains(flag.PlaceHolder, "DIR") {
				d.Files = append(d.Files, "--"+flag.Name)
			}
		}
		for _, argument := range command.Positional[:min(1, len(command.Positional))] {
			switch {
			case argument.Name == "report":
				described.Words = commands.ReportNames()
			case argument.Enum != "":
				described.Words = argument.EnumSlice()
			}
		}
		d.Commands = append(d.Commands, described)
	}
	return d
}
