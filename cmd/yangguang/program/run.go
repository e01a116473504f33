package program

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"yangguang/cmd/yangguang/commands"
	"yangguang/queries/acts"
	"yangguang/queries/clickhouse/engine"
)

// Run carries out one command line. It returns 0 when done, 1 when something failed, 2 for wrong usage or configuration (SPEC §6).
func Run(arguments []string, out, problems io.Writer) int {
	if len(arguments) > 0 && arguments[0] == "engine" {
		return engine.Child(arguments[1:]) // internal: the embedded ClickHouse in a process of its own
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Execute(acts.As(ctx, commandActor()), arguments, out, problems)
}

// commandActor is who gives a command; serve acts by itself.
func commandActor() acts.Actor {
	name, err := commands.Operator()
	if err != nil { // it is not known, and stored as that
		name = ""
	}
	return acts.Actor{Name: name, With: acts.Command}
}
