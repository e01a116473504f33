package commands

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// Export writes one report of SPEC §7 to a file or to the standard output.
type Export struct {
	Report string `arg:""`
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	terminal.QuestionFlags
	Lang   string
	Format string
	Output string `short:"o" placeholder:"FILE"`
}

// Run is the command.
func (e Export) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(e.Config)
	if err != nil {
		return err
	}
	request, format, err := e.Request(config)
	if err != nil {
		return err
	}
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := prepare(ctx, a, request.Report, request.Question, streams.Problems); err != nil {
		return err
	}
	return terminal.WriteTo(e.Output, streams.Out, func(w io.Writer) error { return export.Write(ctx, w, format, a.Asker, request) })
}

// Request is what is asked, checked before ClickHouse is started.
func (e Export) Request(config *config.Config) (request export.Request, format string, err error) {
	report, known := model.ReportNamed(e.Report)
	if !known {
		return request, "", &model.UserError{Parameter: "report", Value: e.Report, Expected: "one of " + strings.Join(ReportNames(), ", ")}
	}
	format = e.Format
	if format == "" {
		format = strings.TrimPrefix(filepath.Ext(e.Output), ".")
	}
	if format == "" {
		format = "csv"
	}
	if !slices.Contains(export.Formats(), format) {
		return request, "", &model.UserError{Parameter: "format", Value: format, Expected: "one of " + strings.Join(export.Formats(), ", ")}
	}
	lang := config.Language
	if e.Lang != "" {
		lang = e.Lang
	}
	if !slices.Contains(language.Languages(), lang) {
		return request, "", &model.UserError{Parameter: "lang", Value: lang, Expected: "one of " + strings.Join(language.Languages(), ", ")}
	}
	question, err := e.Question(time.Now().In(config.Location))
	if err != nil {
		return request, "", err
	}
	bundle, err := language.Load()
	if err != nil {
		return request, "", err
	}
	return export.Request{Report: report, Question: question, Printer: bundle.Printer(lang), Zone: config.Location, District: config.District}, format, nil
}

// ReportNames are what can be exported.
func ReportNames() (names []string) {
	for _, report := range model.Reports() {
		names = append(names, report.Name)
	}
	return names
}
