package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/pack"
)

// freeze makes the papers of a meeting from what is known now and keeps them; it lists them, hands them out again, and proves them.
type freeze struct {
	Name      string `arg:"" optional:"" help:"What the pack is called, such as 2026年第三季度."`
	Config    string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE" help:"Configuration, yangguang.yaml."`
	From      string `placeholder:"DATE" help:"First day of the window; 1 January of the as-of year without it."`
	To        string `placeholder:"DATE" help:"Last day of the window; the as-of day without it."`
	AsOf      string `placeholder:"DATE" help:"Day to look from; today without it."`
	Group     string `help:"organs, towns, villages, district or all."`
	Within    string `placeholder:"UNIT" help:"Only the subtree of this unit_id."`
	Scope     string `help:"own, or subtree: a unit together with all below it."`
	Programme string `help:"party, government, village, judicial or livelihood."`
	Focus     string `help:"political_life, personnel or integrity."`
	Lang      string `help:"Language of the papers: zh or en; the configuration's without it."`
	Baseline  string `placeholder:"NAME" help:"Earlier pack with which this one compares: the last one without it; none for none."`
	Output    string `short:"o" placeholder:"DIR|FILE.zip" help:"Where to write the pack; a directory of its name without it."`
	List      bool   `xor:"what" help:"List what is frozen."`
	Verify    bool   `xor:"what" help:"Compute the pack again from what was known then, and compare."`
	Extract   bool   `xor:"what" help:"Write a pack that is frozen already."`
	Copy      string `placeholder:"DIR|FILE.zip" help:"With --verify: compare also what was handed out."`
}

// Run is the command. A pack that differs gives status 1.
func (f freeze) Run(ctx context.Context, streams streams) (err error) {
	config, err := readConfig(f.Config)
	if err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	order, err := f.order(config)
	if err != nil {
		return err
	}
	a, err := openApplication(ctx, config, streams.problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	bundle, err := language.Load()
	if err != nil {
		return err
	}
	packs, err := pack.New(a.asker, bundle, config.location, version)
	if err != nil {
		return err
	}
	switch {
	case f.List:
		return f.list(ctx, packs, streams.out)
	case f.Verify:
		return f.verify(ctx, packs, streams.out)
	case f.Extract:
		return f.extract(ctx, packs, streams.out)
	}
	made, kept := packs.Freeze(ctx, order)
	if kept != nil && made.Name == "" {
		return kept
	}
	fmt.Fprintf(streams.out, "%s is frozen: %s – %s as of %s, known at %s, %d files\n",
		made.Name, made.Asked.From, made.Asked.To, made.Asked.AsOf, made.KnownAt, len(made.Names()))
	return errors.Join(kept, f.extract(ctx, packs, streams.out))
}

// check finds what is wrong with the command line before ClickHouse is started.
func (f freeze) check() error {
	switch {
	case f.List && f.Name != "":
		return userMistake(errors.New("freeze --list takes no name"))
	case f.List:
		return nil
	case f.Name == "":
		return userMistake(errors.New("freeze: a name is missing, such as: yangguang freeze 2026年第三季度 --config yangguang.yaml"))
	case f.Copy != "" && !f.Verify:
		return userMistake(errors.New("freeze: --copy goes with --verify"))
	}
	if err := pack.CheckName(f.Name); err != nil || f.Verify {
		return err
	}
	return pack.Vacant(f.output())
}

// order is what to freeze, read as the exports read their parameters.
func (f freeze) order(config *config) (pack.Order, error) {
	values := url.Values{}
	for name, value := range map[string]string{
		"from": f.From, "to": f.To, "as_of": f.AsOf, "group": f.Group, "within": f.Within, "scope": f.Scope, "programme": f.Programme, "focus": f.Focus,
	} {
		if value == "" {
			continue
		}
		if f.List || f.Verify || f.Extract {
			return pack.Order{}, userMistake(fmt.Errorf("freeze: --%s goes with a new pack only; what is frozen keeps its own", strings.ReplaceAll(name, "_", "-")))
		}
		values.Set(name, value)
	}
	if f.Baseline != "" && (f.List || f.Verify || f.Extract) {
		return pack.Order{}, userMistake(errors.New("freeze: --baseline goes with a new pack only; what is frozen keeps its own"))
	}
	question, err := export.ParseQuestion(values, time.Now().In(config.location))
	lang := f.Lang
	if lang == "" {
		lang = config.Language
	}
	return pack.Order{Name: f.Name, Question: question, Language: lang, District: config.District, Baseline: f.Baseline}, err
}

func (f freeze) output() string {
	if f.Output != "" {
		return filepath.Clean(f.Output)
	}
	return f.Name
}

func (f freeze) extract(ctx context.Context, packs *pack.Packs, out io.Writer) error {
	if err := packs.WriteTo(ctx, f.Name, f.output()); err != nil {
		return err
	}
	fmt.Fprintf(out, "written to %s\n", f.output())
	return nil
}

func (f freeze) list(ctx context.Context, packs *pack.Packs, out io.Writer) error {
	manifests, err := packs.List(ctx)
	if err != nil {
		return err
	}
	if len(manifests) == 0 {
		_, err := io.WriteString(out, "nothing is frozen yet\n")
		return err
	}
	rows := [][]string{{"NAME", "WINDOW", "AS OF", "FROZEN", "LIMITS", "RECORDS", "FILES", "PROGRAM"}}
	for _, m := range manifests {
		var records uint64
		for _, source := range m.Sources {
			records += source.Records
		}
		rows = append(rows, []string{
			m.Name, m.Asked.From + " – " + m.Asked.To, m.Asked.AsOf, frozenAt(m.KnownAt), m.Limits(), strconv.FormatUint(records, 10),
			strconv.Itoa(len(m.Names())), m.Program,
		})
	}
	return writeColumns(out, rows)
}

// frozenAt is an instant of a manifest as people read it.
func frozenAt(known string) string {
	instant, err := time.Parse(time.RFC3339, known)
	if err != nil {
		return known
	}
	return instant.Format("2006-01-02 15:04:05")
}

// writeColumns writes rows as a table whose columns stand below one another, Chinese or not.
func writeColumns(out io.Writer, rows [][]string) error {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], export.DisplayWidth(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-export.DisplayWidth(cell)+2))
		}
		if _, err := io.WriteString(out, strings.TrimRight(line.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// verify tells each file and what differs; status 1 when anything does.
func (f freeze) verify(ctx context.Context, packs *pack.Packs, out io.Writer) error {
	verified, err := packs.Verify(ctx, f.Name, f.Copy)
	if err != nil {
		return err
	}
	m := verified.Manifest
	fmt.Fprintf(out, "%s: %s – %s as of %s, known at %s\n", m.Name, m.Asked.From, m.Asked.To, m.Asked.AsOf, m.KnownAt)
	rows := 0
	for _, file := range verified.Files {
		rows += file.Rows
		if len(file.Differences) == 0 {
			fmt.Fprintf(out, "equal    %s%s%s\n", file.File, counted(file.Rows), form(file.Form, m.Program))
			continue
		}
		fmt.Fprintf(out, "DIFFERS  %s\n", file.File)
		for _, difference := range file.Differences {
			fmt.Fprintf(out, "         %s\n", difference)
		}
	}
	if verified.Equal() {
		fmt.Fprintf(out, "verified: %d files and %d rows are what they were\n", len(verified.Files), rows)
		return nil
	}
	if m.Program != version {
		fmt.Fprintf(out, "frozen by version %s, verified by %s: definitions are always those of the program that answers\n", m.Program, version)
	}
	fmt.Fprintf(out, "%s is not what it was\n", m.Name)
	return errReported
}

func counted(rows int) string {
	if rows == 0 {
		return ""
	}
	return fmt.Sprintf("  %d rows", rows)
}

// form tells of a file whose values are equal, but not its bytes.
func form(differs bool, program string) string {
	if !differs {
		return ""
	}
	return fmt.Sprintf("  every value; version %s of the program wrote it in another form", program)
}
