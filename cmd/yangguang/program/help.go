package program

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// describedIn puts the texts of a language into the command line: help.COMMAND, help.COMMAND.FLAG, or help.any.FLAG for a flag of several commands.
func describedIn(printer language.Printer) kong.Option {
	return kong.PostBuild(func(k *kong.Kong) error {
		k.Model.Help = printer.T("help.program")
		describe := func(command string, value *kong.Value) {
			value.Help = printer.T(helpOf(printer, command, value.Name))
		}
		for _, flag := range k.Model.Flags {
			describe("any", flag.Value)
		}
		for _, command := range k.Model.Children {
			command.Help = printer.T("help." + command.Name)
			for _, flag := range command.Flags {
				describe(command.Name, flag.Value)
			}
			for _, argument := range command.Positional {
				describe(command.Name, argument)
			}
		}
		return nil
	})
}

// helpOf is the message that describes a flag or an argument of a command.
func helpOf(printer language.Printer, command, name string) string {
	if id := "help." + command + "." + name; printer.Has(id) {
		return id
	}
	return "help.any." + name
}

// helpPrinter prints the help of the program or of one command.
func helpPrinter(printer language.Printer) kong.HelpPrinter {
	return func(_ kong.HelpOptions, ctx *kong.Context) error {
		page := helpPage{printer: printer}
		command := ctx.Selected()
		if command == nil {
			page.program(ctx.Model)
		} else {
			page.command(ctx.Model, command)
		}
		_, err := ctx.Stdout.Write([]byte(page.String()))
		return err
	}
}

// helpPage is a help that is being written.
type helpPage struct {
	strings.Builder
	printer language.Printer
}

func (p *helpPage) program(program *kong.Application) {
	p.usage(program.Name+" <command>", program.Help)
	p.list("commands", commandRows(program))
	p.list("flags", p.flagRows(program.Flags))
	p.WriteString("\n" + terminal.Line(p.printer, "help_of", "Program", program.Name) + "\n")
}

func (p *helpPage) command(program *kong.Application, command *kong.Node) {
	p.usage(program.Name+" "+strings.Replace(command.Summary(), "[flags]", terminal.Line(p.printer, "any_flags"), 1), command.Help)
	var arguments [][2]string
	for _, argument := range command.Positional {
		arguments = append(arguments, [2]string{argument.Summary(), argument.Help})
	}
	p.list("arguments", arguments)
	p.list("reports", describedCommand{Name: command.Name}.reports(p.printer))
	p.list("flags", p.flagRows(append(program.Flags[:1:1], command.Flags...)))
}

func (p *helpPage) usage(line, help string) {
	p.WriteString(terminal.Line(p.printer, "usage", "Line", line) + "\n\n" + strings.Join(wrapped(help, helpWidth), "\n") + "\n")
}

func commandRows(program *kong.Application) (rows [][2]string) {
	for _, command := range program.Children {
		if !command.Hidden {
			rows = append(rows, [2]string{command.Name, command.Help})
		}
	}
	return rows
}

// reportLines are the reports, a line each.
func reportLines(printer language.Printer) (rows [][2]string) {
	for _, report := range model.Reports() {
		rows = append(rows, [2]string{report.Name, printer.T("help.report." + report.Name)})
	}
	return rows
}

func (p *helpPage) flagRows(flags []*kong.Flag) (rows [][2]string) {
	for _, flag := range flags {
		if flag.Hidden {
			continue
		}
		name := "    " + flag.String()
		if flag.Short != 0 {
			name = flag.String()
		}
		help := flag.Help
		for _, variable := range flag.Tag.Envs {
			help += terminal.Line(p.printer, "variable", "Name", variable)
		}
		rows = append(rows, [2]string{name, help})
	}
	return rows
}

// helpWidth is how wide the help is, and helpNames the most that names take of it before their texts begin on a line of their own.
const helpWidth, helpNames = 100, 30

// list writes names with their texts beside them, under a title; nothing where there are none.
func (p *helpPage) list(title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	p.WriteString("\n" + terminal.Line(p.printer, title) + "\n")
	width := 0
	for _, row := range rows {
		if used := export.DisplayWidth(row[0]); used <= helpNames {
			width = max(width, used)
		}
	}
	for _, row := range rows {
		name := row[0]
		if export.DisplayWidth(name) > width {
			p.WriteString("  " + name + "\n")
			name = ""
		}
		for _, line := range wrapped(row[1], helpWidth-width-4) {
			fmt.Fprintf(p, "  %s%s  %s\n", name, strings.Repeat(" ", width-export.DisplayWidth(name)), line)
			name = ""
		}
	}
}

// wrapped breaks a text into lines of at most a display width: at spaces, and between Chinese characters, but not before a closing mark.
func wrapped(text string, width int) (lines []string) {
	line, word := "", ""
	flush := func() {
		if line != "" && export.DisplayWidth(line+word) > width {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		line, word = line+word, ""
	}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			word = string(r)
		case r == ' ':
			word += " "
			flush()
		default:
			word += string(r)
		}
	}
	flush()
	return append(lines, line)
}
