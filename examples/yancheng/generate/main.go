// Command generate writes the ledgers of the sample district (示例数据) next to its registry.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"yangguang/examples/yancheng"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(arguments []string, out, problems io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.SetOutput(problems)
	dir := flags.String("dir", "examples/yancheng", "directory of the sample district")
	last := flags.String("to", "2026-11-22", "last day of the ledgers")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	through, err := time.Parse(time.DateOnly, *last)
	if err != nil {
		fmt.Fprintf(problems, "generate: --to %q: a date like 2026-11-22 is needed\n", *last)
		return 2
	}
	written, err := yancheng.Write(ctx, *dir, through)
	if err != nil {
		fmt.Fprintln(problems, "generate:", err)
		return 1
	}
	fmt.Fprintf(out, "%d rows in %d ledgers through %s\n", written.Rows, written.Files, *last)
	return 0
}
