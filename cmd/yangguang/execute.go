package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// commands is the command line; each command is one file with a Run method.
type commands struct {
	Init     initialise    `cmd:""`
	Demo     demo          `cmd:""`
	Serve    serve         `cmd:""`
	Collect  collect       `cmd:""`
	Export   exportReport  `cmd:""`
	Freeze   freeze        `cmd:""`
	Digest   digestCommand `cmd:""`
	Patrol   patrolCommand `cmd:""`
	Evidence evidence      `cmd:""`
	Try      try           `cmd:""`
	Check    check         `cmd:""`
	Accept   accept        `cmd:""`
	WhatIf   whatIf        `cmd:"" name:"what-if"`
	Backup   backup        `cmd:""`
	Restore  restore       `cmd:""`
	Expire   expire        `cmd:""`
	Repair   repair        `cmd:""`
	Simulate simulate      `cmd:""`
	Versions versions      `cmd:"" name:"version"`

	Completion completion `cmd:""`
	Manual     manual     `cmd:"" name:"man" hidden:""`
	Version    kong.VersionFlag
}

func execute(ctx context.Context, arguments []string, out, problems io.Writer) int {
	var line commands
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
