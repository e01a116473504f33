// Package whatif says what another registry would change: as a command, and tried on the page /what-if.
package whatif

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	sentences "yangguang/dashboard/whatif"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// Command says what another registry or assessment would change, and stores nothing.
type Command struct {
	Config     string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Registry   string `placeholder:"DIR"`
	Units      string `placeholder:"FILE"`
	Catalogue  string `placeholder:"FILE"`
	Calendar   string `placeholder:"FILE"`
	Exemptions string `placeholder:"FILE"`
	Assessment string `placeholder:"FILE"`
	From       string `placeholder:"DATE"`
	To         string `placeholder:"DATE"`
	AsOf       string `placeholder:"DATE"`
	Group      string
	Within     string `placeholder:"UNIT"`
	Lang       string
	List       string
	Format     string
	Output     string `short:"o" placeholder:"FILE"`
}

// Run is the command.
func (w Command) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(w.Config)
	if err != nil {
		return err
	}
	request, err := w.request(config)
	if err != nil {
		return err
	}
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	load, err := drafted(ctx, a, request.files, streams.Problems)
	if err != nil {
		return err
	}
	if err := a.Asker.CheckUnits(ctx, model.Question{Within: request.question.Within}); err != nil {
		return err
	}
	file := sentences.File{Printer: terminal.Bundle().Printer(request.lang), Zone: config.Location, District: config.District}
	err = a.Try(ctx, load, request.question, streams.Problems, func(draft *whatif.Draft, progress whatif.Progress) error {
		compare := func(every func(model.MovedObligation) error) (err error) {
			file.Result, err = draft.Compare(ctx, 0, every, progress)
			return err
		}
		if request.format == "" {
			return compare(nil)
		}
		file.Result.Question = draft.Question()
		return terminal.WriteTo(w.Output, streams.Out, func(out io.Writer) error { return file.Write(out, request.format, request.list, compare) })
	})
	if err != nil {
		return err
	}
	for _, sentence := range sentences.Sentences(file.Printer, file.Result) {
		fmt.Fprintln(request.summary(streams), sentence)
	}
	return nil
}

// whatIfRequest is what is asked, checked before ClickHouse is started.
type whatIfRequest struct {
	files              draftFiles
	question           model.Question
	lang, list, format string // format: empty writes no file
	output             string
}

func (w Command) request(config *config.Config) (r whatIfRequest, err error) {
	r = whatIfRequest{lang: w.Lang, list: w.List, format: w.Format, output: w.Output}
	if r.lang == "" {
		r.lang = config.Spoken
	}
	if !slices.Contains(language.Languages(), r.lang) {
		return r, &model.UserError{Parameter: "lang", Value: r.lang, Expected: "one of " + strings.Join(language.Languages(), ", ")}
	}
	if r.format == "" && (w.Output != "" || w.List != "") {
		if r.format = strings.TrimPrefix(filepath.Ext(w.Output), "."); r.format == "" {
			r.format = "csv"
		}
	}
	if r.format != "" && !slices.Contains(export.Formats(), r.format) {
		return r, &model.UserError{Parameter: "format", Value: r.format, Expected: "one of " + strings.Join(export.Formats(), ", ")}
	}
	if r.list == "" {
		r.list = sentences.Lists()[0]
	}
	if !slices.Contains(sentences.Lists(), r.list) {
		return r, &model.UserError{Parameter: "list", Value: r.list, Expected: "one of " + strings.Join(sentences.Lists(), ", ")}
	}
	if r.files, err = w.files(config); err != nil {
		return r, err
	}
	r.question, err = terminal.QuestionFlags{From: w.From, To: w.To, AsOf: w.AsOf, Group: w.Group, Within: w.Within}.Question(time.Now().In(config.Location))
	return r, err
}

// summary is where the sentences go: beside a file on the standard output they would be a part of it.
func (r whatIfRequest) summary(streams terminal.Streams) io.Writer {
	if r.format != "" && r.output == "" {
		return streams.Problems
	}
	return streams.Out
}

// draftFiles are files that stand in the place of the configuration's; an empty name leaves it.
type draftFiles struct {
	config.RegistryFiles
	assessment string
}

// places are the names of the files by the keys of the configuration, with what they would be called in a directory.
func (f *draftFiles) places() []draftPlace {
	r := &f.RegistryFiles
	return []draftPlace{
		{"units", &r.Units},
		{"catalogue", &r.Catalogue},
		{"calendar", &r.Calendar},
		{"exemptions", &r.Exemptions},
		{"site_scores", &r.SiteScores},
		{"observations", &r.Observations},
		{"notices", &r.Notices},
		{"institutions", &r.Institutions},
		{"assessment", &f.assessment},
	}
}

type draftPlace struct {
	key  string
	path *string
}

// files are those of the flags: single ones, and beside them those of a directory, called as the configuration's or as their keys.
func (w Command) files(config *config.Config) (f draftFiles, err error) {
	f.Units, f.Catalogue, f.Calendar, f.Exemptions, f.assessment = w.Units, w.Catalogue, w.Calendar, w.Exemptions, w.Assessment
	if w.Registry != "" {
		configured := draftFiles{config.Registry.RegistryFiles, config.Assessment}
		for i, place := range f.places() {
			if *place.path == "" {
				*place.path = existing(w.Registry, filepath.Base(*configured.places()[i].path), place.key+".csv", place.key+".xlsx", place.key+".yaml")
			}
		}
	}
	if f == (draftFiles{}) {
		message := "what-if: nothing is changed; name a file with --units, --catalogue, --calendar, --exemptions or --assessment, or a directory of such files with --registry"
		if w.Registry != "" {
			message = fmt.Sprintf("--registry %s: no file of a registry is there; expected units.csv, catalogue.csv, calendar.csv, exemptions.csv, assessment.yaml or the like", w.Registry)
		}
		return f, terminal.Mistake(errors.New(message))
	}
	return f, nil
}

// existing is the first of some files of a directory that is there; empty: none is.
func existing(directory string, names ...string) string {
	for _, name := range names {
		path := filepath.Join(directory, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

// drafted reads the registry with some files in the place of the configuration's. What of them is not read is told; a mistake in them is a user's.
func drafted(ctx context.Context, a *application.Application, files draftFiles, problems io.Writer) (registry.Load, error) {
	config := *a.Config
	taken := draftFiles{config.Registry.RegistryFiles, config.Assessment}
	for i, place := range files.places() {
		if *place.path != "" {
			*taken.places()[i].path = *place.path
		}
	}
	config.Registry.RegistryFiles, config.Assessment = taken.RegistryFiles, taken.assessment
	other := &application.Application{Config: &config, Sources: a.Sources}
	load, err := other.ReadRegistry(ctx)
	terminal.WriteRemarks(problems, a.Config.Printer(), terminal.Line(a.Config.Lines(), "registry_prefix"), other.Remarks)
	if err != nil {
		return load, terminal.Mistake(err)
	}
	return load, nil
}
