package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"yangguang/queries/model"
)

// commands is the command line; each command is one file with a Run method.
type commands struct {
	Init     initialise    `cmd:"" help:"Write what a district begins with: configuration, registry and ledger workbooks to fill in."`
	Demo     demo          `cmd:"" help:"Show the sample district: embedded ClickHouse, pages on 127.0.0.1."`
	Serve    serve         `cmd:"" help:"Collect on schedule; serve pages, /metrics and exports."`
	Collect  collect       `cmd:"" help:"Pull from the sources now, once."`
	Export   exportReport  `cmd:"" help:"Write one report as CSV, XLSX or JSON."`
	Freeze   freeze        `cmd:"" help:"Make, list, verify the papers of an assessment meeting."`
	Digest   digestCommand `cmd:"" help:"Send readers what has changed, as far as it is due; show it, or what became of it."`
	Try      try           `cmd:"" help:"Show what a source would give, and why rows are dropped; store nothing."`
	Check    check         `cmd:"" help:"Check registry, sources and ClickHouse; tell all problems at once."`
	Backup   backup        `cmd:"" help:"Write the whole database to a file."`
	Restore  restore       `cmd:"" help:"Read a backup into an empty database."`
	Expire   expire        `cmd:"" help:"Remove what the retention policy lets go; tell what it is and what takes how much room."`
	Repair   repair        `cmd:"" help:"Drop what is broken of the database, and collect again."`
	Simulate simulate      `cmd:"" help:"Write a simulated country of any size: registry and ledgers, or straight into ClickHouse."`
	Versions versions      `cmd:"" name:"version" help:"Print the version; --verbose: also of Go, schema and engine."`

	Completion completion       `cmd:"" help:"Write what makes bash, zsh or fish complete this command line."`
	Manual     manual           `cmd:"" name:"man" hidden:"" help:"Write the manual page."`
	Version    kong.VersionFlag `help:"Print the version."`
}

// streams are where a command writes: its answer and what goes wrong or on.
type streams struct{ out, problems io.Writer }

// errUsage marks a mistake of the user: wrong usage or configuration.
var errUsage = errors.New("usage")

// userMistake wraps an error that the user can mend in the command line or the configuration.
func userMistake(err error) error { return fmt.Errorf("%w%w", silent{errUsage}, err) }

// silent is an error that is found by errors.Is but adds nothing to the message.
type silent struct{ error }

func (silent) Error() string   { return "" }
func (s silent) Unwrap() error { return s.error }

func execute(ctx context.Context, arguments []string, out, problems io.Writer) int {
	var line commands
	exited := -1
	parser, err := kong.New(&line,
		kong.Name("yangguang"),
		kong.Description("Yangguang (阳光): analytics for disclosure duty."),
		kong.Writers(out, problems),
		kong.Exit(func(status int) { exited = status }),
		kong.Vars{"version": version, "reports": strings.Join(reportNames(), ", ")},
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{out, problems}),
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
		fmt.Fprintf(problems, "yangguang: %v\nRun 'yangguang --help' for the commands.\n", err)
		return 2
	}
	return status(chosen.Run(), problems)
}

// status tells an error and the exit status for it.
func status(err error, problems io.Writer) int {
	if err == nil {
		return 0
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintln(problems, "yangguang:", err)
	}
	var mistake *model.UserError
	if errors.Is(err, errUsage) || errors.As(err, &mistake) {
		return 2
	}
	return 1
}

// errReported is a failure that has been told already.
var errReported = errors.New("reported")
