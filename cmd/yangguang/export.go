package main

import (
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// exportReport writes one report of SPEC §7 to a file or to the standard output.
type exportReport struct {
	Report string `arg:"" help:"One of ${reports}."`
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE" help:"Configuration, yangguang.yaml."`
	questionFlags
	Lang   string `help:"Language of headers and codes: zh or en; the configuration's without it."`
	Format string `help:"csv, xlsx or json; by the output's name, else csv."`
	Output string `short:"o" placeholder:"FILE" help:"File to write; the standard output without it."`
}

// questionFlags are the window and the filters of SPEC §6.
type questionFlags struct {
	From      string `placeholder:"DATE" help:"First day of the window; 1 January of the as-of year without it."`
	To        string `placeholder:"DATE" help:"Last day of the window; the as-of day without it."`
	AsOf      string `placeholder:"DATE" help:"Day to look from; today without it."`
	KnownAt   string `placeholder:"TIME" help:"Only what was known then: records, registry and collections."`
	Group     string `help:"organs, towns, villages, district or all."`
	Within    string `placeholder:"UNIT" help:"Only the subtree of this unit_id."`
	Unit      string `placeholder:"UNIT" help:"Only this unit_id."`
	Scope     string `help:"own, or subtree: a unit together with all below it."`
	Programme string `help:"party, government, village, judicial or livelihood."`
	Focus     string `help:"political_life, personnel or integrity."`
}

// question reads the flags the way the exports over HTTP read their parameters.
func (f questionFlags) question(now time.Time) (model.Question, error) {
	values := url.Values{}
	for name, value := range map[string]string{
		"from": f.From, "to": f.To, "as_of": f.AsOf, "known_at": f.KnownAt, "group": f.Group, "within": f.Within, "unit": f.Unit,
		"scope": f.Scope, "programme": f.Programme, "focus": f.Focus,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return export.ParseQuestion(values, now)
}

// Run is the command.
func (e exportReport) Run(ctx context.Context, streams streams) (err error) {
	config, err := readConfig(e.Config)
	if err != nil {
		return err
	}
	request, format, err := e.request(config)
	if err != nil {
		return err
	}
	a, err := openApplication(ctx, config, streams.problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.prepare(ctx, request.Report, request.Question, streams.problems); err != nil {
		return err
	}
	return writeTo(e.Output, streams.out, func(w io.Writer) error { return export.Write(ctx, w, format, a.asker, request) })
}

// request is what is asked, checked before ClickHouse is started.
func (e exportReport) request(config *config) (request export.Request, format string, err error) {
	report, known := model.ReportNamed(e.Report)
	if !known {
		return request, "", &model.UserError{Parameter: "report", Value: e.Report, Expected: "one of " + strings.Join(reportNames(), ", ")}
	}
	format = e.Format
	if format == "" {
		format = strings.TrimPrefix(filepath.Ext(e.Output), ".")
	}
	if format == "" {
		format = "csv"
	}
	if !contains(export.Formats(), format) {
		return request, "", &model.UserError{Parameter: "format", Value: format, Expected: "one of " + strings.Join(export.Formats(), ", ")}
	}
	lang := config.Language
	if e.Lang != "" {
		lang = e.Lang
	}
	if !contains(language.Languages(), lang) {
		return request, "", &model.UserError{Parameter: "lang", Value: lang, Expected: "one of " + strings.Join(language.Languages(), ", ")}
	}
	question, err := e.question(time.Now().In(config.location))
	if err != nil {
		return request, "", err
	}
	bundle, err := language.Load()
	if err != nil {
		return request, "", err
	}
	return export.Request{Report: report, Question: question, Printer: bundle.Printer(lang), Zone: config.location, District: config.District}, format, nil
}

func reportNames() (names []string) {
	for _, report := range model.Reports() {
		names = append(names, report.Name)
	}
	return names
}
