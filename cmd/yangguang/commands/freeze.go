package commands

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/pack"
)

// Freeze makes the papers of a meeting from what is known now and keeps them; it lists them, hands them out again, and proves them.
type Freeze struct {
	Name      string `arg:"" optional:""`
	Config    string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	From      string `placeholder:"DATE"`
	To        string `placeholder:"DATE"`
	AsOf      string `placeholder:"DATE"`
	Group     string
	Within    string `placeholder:"UNIT"`
	Scope     string
	Programme string
	Focus     string
	Lang      string
	Baseline  string `placeholder:"NAME"`
	Output    string `short:"o" placeholder:"DIR|FILE.zip"`
	List      bool   `xor:"what"`
	Verify    bool   `xor:"what"`
	Extract   bool   `xor:"what"`
	Copy      string `placeholder:"DIR|FILE.zip"`
}

// Run is the command. A pack that differs gives status 1.
func (f Freeze) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(f.Config)
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
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	bundle, err := language.Load()
	if err != nil {
		return err
	}
	packs, err := pack.New(a.Asker, bundle, config.Location, build.Version)
	if err != nil {
		return err
	}
	switch {
	case f.List:
		return f.list(ctx, packs, streams)
	case f.Verify:
		return f.verify(ctx, packs, streams)
	case f.Extract:
		return f.extract(ctx, packs, streams)
	}
	made, kept := packs.Freeze(ctx, order)
	if kept != nil && made.Name == "" {
		return kept
	}
	terminal.WriteLine(streams.Out, config.Lines(), "frozen", append(askedOf(made), "N", len(made.Names()))...)
	return errors.Join(kept, f.extract(ctx, packs, streams))
}

// check finds what is wrong with the command line before ClickHouse is started.
func (f Freeze) check() error {
	switch {
	case f.List && f.Name != "":
		return terminal.Mistake(errors.New("freeze --list takes no name"))
	case f.List:
		return nil
	case f.Name == "":
		return terminal.Mistake(errors.New("freeze: a name is missing, such as: yangguang freeze 2026年第三季度 --config yangguang.yaml"))
	case f.Copy != "" && !f.Verify:
		return terminal.Mistake(errors.New("freeze: --copy goes with --verify"))
	}
	if err := pack.CheckName(f.Name); err != nil || f.Verify {
		return err
	}
	return pack.Vacant(f.output())
}

// order is what to freeze, read as the exports read their parameters.
func (f Freeze) order(config *config.Config) (pack.Order, error) {
	values := url.Values{}
	for name, value := range map[string]string{
		"from": f.From, "to": f.To, "as_of": f.AsOf, "group": f.Group, "within": f.Within, "scope": f.Scope, "programme": f.Programme, "focus": f.Focus,
	} {
		if value == "" {
			continue
		}
		if f.List || f.Verify || f.Extract {
			return pack.Order{}, terminal.Mistake(fmt.Errorf("freeze: --%s goes with a new pack only; what is frozen keeps its own", strings.ReplaceAll(name, "_", "-")))
		}
		values.Set(name, value)
	}
	if f.Baseline != "" && (f.List || f.Verify || f.Extract) {
		return pack.Order{}, terminal.Mistake(errors.New("freeze: --baseline goes with a new pack only; what is frozen keeps its own"))
	}
	question, err := export.ParseQuestion(values, time.Now().In(config.Location))
	lang := f.Lang
	if lang == "" {
		lang = config.Language
	}
	return pack.Order{Name: f.Name, Question: question, Language: lang, District: config.District, Baseline: f.Baseline}, err
}

func (f Freeze) output() string {
	if f.Output != "" {
		return filepath.Clean(f.Output)
	}
	return f.Name
}

// askedOf are the values of a pack's question for a line.
func askedOf(m pack.Manifest) []any {
	return []any{"Name", m.Name, "From", m.Asked.From, "To", m.Asked.To, "AsOf", m.Asked.AsOf, "KnownAt", m.KnownAt}
}

func (f Freeze) extract(ctx context.Context, packs *pack.Packs, streams terminal.Streams) error {
	if err := packs.WriteTo(ctx, f.Name, f.output()); err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, streams.Words, "written_to", "Path", f.output())
	return nil
}

func (f Freeze) list(ctx context.Context, packs *pack.Packs, streams terminal.Streams) error {
	manifests, err := packs.List(ctx)
	if err != nil {
		return err
	}
	if len(manifests) == 0 {
		terminal.WriteLine(streams.Out, streams.Words, "freeze_none")
		return nil
	}
	rows := [][]string{strings.Split(terminal.Line(streams.Words, "freeze_columns"), "|")}
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
	return terminal.WriteColumns(streams.Out, rows)
}

// frozenAt is an instant of a manifest as people read it.
func frozenAt(known string) string {
	instant, err := time.Parse(time.RFC3339, known)
	if err != nil {
		return known
	}
	return instant.Format("2006-01-02 15:04:05")
}

// verify reports each file and what differs; status 1 when anything does.
func (f Freeze) verify(ctx context.Context, packs *pack.Packs, streams terminal.Streams) error {
	verified, err := packs.Verify(ctx, f.Name, f.Copy)
	if err != nil {
		return err
	}
	m := verified.Manifest
	writes := func(id string, pairs ...any) { terminal.WriteLine(streams.Out, streams.Words, id, pairs...) }
	writes("verifying", askedOf(m)...)
	rows := 0
	for _, file := range verified.Files {
		rows += file.Rows
		if len(file.Differences) == 0 {
			text := terminal.Line(streams.Words, "equal", "File", file.File)
			if file.Rows > 0 {
				text += terminal.Line(streams.Words, "equal_rows", "N", file.Rows)
			}
			if file.Form { // its values are equal, but not its bytes
				text += terminal.Line(streams.Words, "equal_values", "Program", m.Program)
			}
			fmt.Fprintln(streams.Out, text)
			continue
		}
		writes("differs", "File", file.File)
		for _, difference := range file.Differences {
			fmt.Fprintf(streams.Out, "         %s\n", streams.Words.SaidOfFile(difference))
		}
	}
	if verified.Equal() {
		writes("verified", "Files", len(verified.Files), "Rows", rows)
		return nil
	}
	if m.Program != build.Version {
		writes("verified_by", "Frozen", m.Program, "Verified", build.Version)
	}
	writes("changed", "Name", m.Name)
	return terminal.ErrReported
}
