package commands

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/registry"
	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

// Try reads a source and shows the records it would make and why rows are dropped. It stores nothing, and needs no ClickHouse when the
// registry files are good.
type Try struct {
	Config  string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Limit   int    `default:"20" placeholder:"N"`
	Dropped bool
	Format  string `default:"text" enum:"text,json"`
	Strict  bool
	Source  string `arg:"" name:"source"`
}

// Run is the command.
func (t Try) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(t.Config)
	if err != nil {
		return err
	}
	if t.Limit < 0 {
		return terminal.Mistake(fmt.Errorf("--limit %d; expected 0 for all rows, or a number above it", t.Limit))
	}
	a := application.New(config, streams.Problems)
	if a.Sources, err = config.OpenSources(a.Network); err != nil {
		return terminal.Mistake(err)
	}
	sources, err := application.Chosen(a.Sources, []string{t.Source})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := registryToTry(ctx, a, streams.Problems); err != nil {
		return err
	}
	out := bufio.NewWriter(streams.Out)
	var first []collector.Tried // records, whose addresses are compared
	summary, leftOut, problem := t.show(ctx, a, sources[0], out, &first)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	closing := streams.Out
	if t.Format == "json" {
		closing = streams.Problems
	}
	terminal.WriteLine(closing, config.Lines(), "tried", "Source", summary.Source, "Read", summary.Read, "Records", summary.New, "Dropped", summary.Rejected,
		"LeftOut", leftOut, "Seconds", fmt.Sprintf("%.1f", summary.Seconds))
	terminal.WriteRemarks(closing, config.Printer(), "", summary.Remarks)
	if problem != nil {
		return problem
	}
	if t.Strict && summary.Rejected+summary.NotUnderstood()+terminal.NotUnderstood(a.Remarks) > 0 {
		return terminal.ErrReported
	}
	return tellChangingAddresses(ctx, a, sources[0], first, closing)
}

// registryToTry reads the registry files, or when they are bad asks the database for the last good ones.
func registryToTry(ctx context.Context, a *application.Application, problems io.Writer) error {
	load, err := a.ReadRegistry(ctx)
	var mistakes registry.Problems
	if errors.As(err, &mistakes) {
		if err := a.OpenStore(ctx); err != nil {
			return err
		}
		return a.LoadRegistry(ctx, problems)
	}
	terminal.WriteRemarks(problems, a.Config.Printer(), terminal.Line(a.Config.Lines(), "registry_prefix"), a.Remarks)
	a.Registry = load.Registry
	return err
}

// tryOptions are what a trial needs.
func tryOptions(a *application.Application, registry model.Registry) collector.Options {
	return collector.Options{Resolver: record.NewResolver(registry), Zone: a.Config.Location, Clock: time.Now}
}

// show writes the rows; leftOut is how many of them the source's configuration leaves out, which are not read.
func (t Try) show(ctx context.Context, a *application.Application, source collector.Source, out io.Writer, first *[]collector.Tried) (summary collector.Summary, leftOut int, err error) {
	shown := 0
	names := namesOf(a.Registry)
	summary, err = collector.Try(ctx, tryOptions(a, a.Registry), source, func(row collector.Tried) error {
		if row.LeftOut {
			leftOut++
		}
		if row.Record != nil && len(*first) < comparedRows {
			*first = append(*first, row)
		}
		if t.Dropped && row.Record != nil {
			return nil
		}
		var err error
		if t.Format == "json" {
			err = writeTriedJSON(out, row)
		} else {
			err = writeTried(out, row, names, a.Config)
		}
		if err != nil {
			return fmt.Errorf("write row: %w", err)
		}
		if shown++; shown == t.Limit {
			return collector.ErrEnough
		}
		return nil
	})
	return summary, leftOut, err
}

// namesOf are the names of units and items by their ids.
func namesOf(registry model.Registry) map[string]string {
	names := map[string]string{}
	for _, unit := range registry.Units {
		names["unit "+unit.ID] = unit.Name
	}
	for _, item := range registry.Items {
		names["item "+item.ID] = item.Name
	}
	return names
}

// writeTried writes a row as a block of lines.
func writeTried(out io.Writer, row collector.Tried, names map[string]string, config *config.Config) error {
	printer, lines := config.Printer(), config.Lines()
	block := &strings.Builder{}
	fmt.Fprintln(block, row.Place)
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(block, "  %s%s  %s\n", name, strings.Repeat(" ", max(0, 12-export.DisplayWidth(name))), strings.Join(strings.Fields(value), " "))
		}
	}
	if row.Record == nil {
		line(terminal.Line(lines, "dropped"), printer.Said(row.Reason))
	} else {
		for _, field := range triedFields(row.Record) {
			value := field.value
			switch field.name {
			case "unit", "item":
				value += " " + names[field.name+" "+field.value]
			case "record_id":
				if row.Record.Derived {
					value += terminal.Line(lines, "derived")
				}
			case "published_on":
				if row.Record.DatedBySight {
					value += terminal.Line(lines, "by_sight")
				}
			}
			name := field.name
			if lines.Language() == "zh" {
				name, value = lines.Field(name), lines.CodeLabel(name, value)
			}
			line(name, value)
		}
	}
	line(terminal.Line(lines, "read"), row.Content)
	fmt.Fprintln(block)
	_, err := io.WriteString(out, block.String())
	return err
}

// writeTriedJSON writes a row as one JSON object in one line, keys of SPEC §3; empty fields are left out.
func writeTriedJSON(out io.Writer, row collector.Tried) error {
	object := struct {
		Place   string            `json:"place"`
		Record  map[string]string `json:"record,omitempty"`
		Dropped string            `json:"dropped,omitempty"`
		Read    any               `json:"read,omitempty"`
	}{Place: row.Place, Dropped: row.Reason}
	if row.Record != nil {
		object.Record = map[string]string{}
		for _, field := range triedFields(row.Record) {
			if field.value != "" {
				object.Record[field.name] = field.value
			}
		}
	}
	if json.Valid([]byte(row.Content)) {
		object.Read = json.RawMessage(row.Content)
	} else if row.Content != "" {
		object.Read = row.Content
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(object)
}
