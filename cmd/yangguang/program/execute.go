// Package program is the command line: what can be typed, its help, completions and manual page, and how it ends.
package program

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/serve"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/upkeep"
	"yangguang/cmd/yangguang/whatif"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// commandLine is what can be typed; each command is one file with a Run method.
type commandLine struct {
	Init     commands.Init     `cmd:""`
	Demo     commands.Demo     `cmd:""`
	Serve    serve.Command     `cmd:""`
	Collect  commands.Collect  `cmd:""`
	Export   commands.Export   `cmd:""`
	Freeze   commands.Freeze   `cmd:""`
	Digest   upkeep.Digest     `cmd:""`
	Patrol   upkeep.Patrol     `cmd:""`
	Evidence upkeep.Evidence   `cmd:""`
	Try      commands.Try      `cmd:""`
	Check    commands.Check    `cmd:""`
	Accept   commands.Accept   `cmd:""`
	WhatIf   whatif.Command    `cmd:"" name:"what-if"`
	Backup   commands.Backup   `cmd:""`
	Restore  commands.Restore  `cmd:""`
	Expire   upkeep.Expire     `cmd:""`
	Repair   commands.Repair   `cmd:""`
	Simulate commands.Simulate `cmd:""`
	Versions commands.Version  `cmd:"" name:"version"`

	Completion completion `cmd:""`
	Manual     manual     `cmd:"" name:"man" hidden:""`
	Version    kong.VersionFlag
}

// Execute carries out one command line until ctx ends, whose actor gives it. It returns the exit status.
func Execute(ctx context.Context, arguments []string, out, problems io.Writer) int {
	var line commandLine
	printer := terminal.Bundle().Printer(terminal.LanguageOf(arguments))
	exited := -1
	parser, err := kong.New(&line,
		kong.Name("yangguang"),
		describedIn(printer),
		kong.Help(helpPrinter(printer)),
		kong.Writers(out, problems),
		kong.Exit(func(status int) { exited = status }),
		kong.Vars{"version": build.Version},
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(terminal.Streams{Out: out, Problems: problems, Words: printer}),
	)
	if err != nil {
		fmt.Fprintln(problems, "yangguang:", err)
		return 1
	}
	chosen, err := parser.Parse(arguments)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		terminal.WriteError(problems, printer, err)
		terminal.WriteLine(problems, printer, "help_commands")
		return 2
	}
	return status(chosen.Run(), problems, printer)
}

// status reports an error and gives the exit status for it.
func status(err error, problems io.Writer, printer language.Printer) int {
	if err == nil {
		return 0
	}
	if !errors.Is(err, terminal.ErrReported) {
		terminal.WriteError(problems, printer, err)
	}
	var mistake *model.UserError
	if errors.Is(err, terminal.ErrUsage) || errors.As(err, &mistake) {
		return 2
	}
	return 1
}
