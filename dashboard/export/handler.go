package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"yangguang/dashboard/access"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Handler answers GET /export/REPORT.csv|xlsx|json with the parameters of ParseQuestion and lang (SPEC §7), and what describes them: /openapi.json and
// /export/REPORT.schema.json.
// A wrong parameter is status 400 with what would be right, an unknown file 404. A fault before the first byte is 500,
// a missing registry or a database that does not answer 503; after it the connection is aborted, so that nobody takes a cut file for a whole
// one. HEAD has the status that GET would have.
type Handler struct {
	Streamer Streamer
	Bundle   *language.Bundle
	Language string // when lang is not given
	Zone     *time.Location
	District string // stands on printed pages; empty: nothing does
	Version  string // of the program
	Society  bool   // Streamer withholds what is not for society
	Now      func() time.Time
	Log      *slog.Logger
	Patience time.Duration // how long the database may give nothing of an export before it is given up; 0 means 1 min
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == OpenAPIPath {
		h.describe(w, r, func(printer language.Printer) any { return OpenAPI(printer, h.Version, h.Society) })
		return
	}
	name, extension, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/export/"), ".")
	report, found := model.ReportNamed(name)
	if found && "."+extension == SchemaExtension {
		h.describe(w, r, func(printer language.Printer) any { return SchemaOf(report, printer) })
		return
	}
	f, err := formatNamed(extension)
	if !found || err != nil {
		http.Error(w, fmt.Sprintf("no such export; there are %s as %s", strings.Join(reportNames(), ", "), strings.Join(Formats(), ", ")), http.StatusNotFound)
		return
	}
	if report.Operators && !h.Society && !access.Of(r.Context()).Operator {
		http.Error(w, "only operators may have this export", http.StatusForbidden)
		return
	}
	request, err := h.request(r.URL, report)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	answer := &startingWriter{ResponseWriter: w, start: func() { setHeaders(w.Header(), f, request) }}
	switch err := h.write(r, answer, f, request); {
	case err == nil:
	case errors.Is(err, errBegun):
		answer.start()
	case !answer.started:
		h.fail(w, r, err)
	default:
		h.Log.WarnContext(r.Context(), "export broke off", "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler)
	}
}

// write writes the whole file, of HEAD nothing: errBegun says that a file would follow.
func (h *Handler) write(r *http.Request, w io.Writer, f format, request Request) error {
	head := r.Method == http.MethodHead
	ctx, watch := NewWatch(r.Context(), cmp.Or(h.Patience, time.Minute))
	defer watch.Stop()
	buffer := bufio.NewWriterSize(w, 64<<10)
	streamer := h.Streamer
	if request.Report.Name == "findings" && access.Of(r.Context()).Name == "" {
		streamer = withoutPrivate{streamer}
	}
	err := Write(ctx, buffer, f.name, watched{streamer, watch, head}, request)
	switch {
	case err == nil && head:
		return errBegun
	case err == nil:
		return buffer.Flush()
	case errors.Is(context.Cause(ctx), ErrNoAnswer):
		return fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return err
}

func (h *Handler) request(address *url.URL, report model.Report) (Request, error) {
	values, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return Request{}, &model.UserError{Parameter: "query", Value: address.RawQuery, Expected: "parameters written name=value&name=value"}
	}
	now := h.Now().In(h.Zone)
	question, err := ParseQuestion(values, now, "lang")
	if err != nil {
		return Request{}, err
	}
	printer, err := h.printer(values.Get("lang"))
	if err != nil {
		return Request{}, err
	}
	return Request{Report: report, Question: question, Printer: printer, Zone: h.Zone, District: h.District, ComputedAt: now}, nil
}

// Where exports are described: all of them, and after a report's name its TableSchema.
const (
	OpenAPIPath     = "/openapi.json"
	SchemaExtension = ".schema.json"
)

// describe answers with what describes exports, in the language that is asked.
func (h *Handler) describe(w http.ResponseWriter, r *http.Request, made func(language.Printer) any) {
	printer, err := h.printer(r.URL.Query().Get("lang"))
	if err != nil {
		h.fail(w, r, err)
		return
	}
	text, err := json.MarshalIndent(made(printer), "", " ")
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(append(text, '\n')) // else the reader has left
}

// printer says things in a language, or in the configured one.
func (h *Handler) printer(name string) (language.Printer, error) {
	if name != "" && !slices.Contains(language.Languages(), name) {
		return language.Printer{}, &model.UserError{Parameter: "lang", Value: name, Expected: "one of " + strings.Join(language.Languages(), ", ")}
	}
	return h.Bundle.Printer(cmp.Or(name, h.Language)), nil
}

// fail answers an error before the first byte; only a mistake of the reader is reported in words.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	var user *model.UserError
	if errors.As(err, &user) {
		http.Error(w, user.Error(), http.StatusBadRequest)
		return
	}
	if r.Context().Err() != nil {
		return // nobody listens any more
	}
	var preparing *facts.NotStoredError
	if errors.As(err, &preparing) {
		w.Header().Set("Retry-After", "10")
		http.Error(w, preparing.Error()+"; ask again in a while", http.StatusServiceUnavailable)
		return
	}
	if errors.Is(err, ask.ErrNotPublic) {
		http.Error(w, "this report is not public", http.StatusNotFound)
		return
	}
	if errors.Is(err, model.ErrNoRegistry) {
		http.Error(w, "no registry has been loaded yet", http.StatusServiceUnavailable)
		return
	}
	var incomplete *clickhouse.IncompleteError
	if errors.As(err, &incomplete) {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "the database has lost part of what was written to it: everything is unverified, not lapsed, and nothing is exported until it is whole; the program's log says what is missing and what to do", http.StatusServiceUnavailable)
		return
	}
	var shard *clickhouse.ShardError
	if errors.As(err, &shard) {
		h.Log.WarnContext(r.Context(), "export failed", "path", r.URL.Path, "error", err)
		w.Header().Set("Retry-After", "60")
		http.Error(w, "a shard of the database cannot be reached: what lies there is unverified, not lapsed, and nothing is exported without it; ask again later", http.StatusServiceUnavailable)
		return
	}
	h.Log.WarnContext(r.Context(), "export failed", "path", r.URL.Path, "error", err)
	if errors.Is(err, ErrNoAnswer) {
		w.Header().Set("Retry-After", "30")
		http.Error(w, "the database does not answer: nothing is exported; ask again later", http.StatusServiceUnavailable)
		return
	}
	http.Error(w, "the export failed; the log says why", http.StatusInternalServerError)
}

func setHeaders(header http.Header, f format, request Request) {
	header.Set("Content-Type", f.mediaType)
	header.Set("Content-Disposition", disposition(f, request))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
}

// disposition names the download in ASCII and, for browsers that know RFC 6266, in the language.
func disposition(f format, request Request) string {
	days := request.Question.From.Format(dayLayout) + "_" + request.Question.To.Format(dayLayout)
	said := days
	if request.Report.OnDay { // whatever the window's start
		day := request.Question.AsOf.Format(dayLayout)
		days, said = "as_of_"+day, request.Printer.T("said.as_of_day", map[string]any{"Day": day})
	}
	plain := fmt.Sprintf("%s_%s.%s", request.Report.Name, days, f.name)
	named := fmt.Sprintf("%s_%s.%s", request.title(), said, f.name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, url.PathEscape(named))
}

func reportNames() []string {
	var names []string
	for _, report := range model.Reports() {
		names = append(names, report.Name)
	}
	return names
}

// startingWriter sets the headers of success only when the first byte goes out.
type startingWriter struct {
	http.ResponseWriter
	start   func()
	started bool
}

func (s *startingWriter) Write(p []byte) (int, error) {
	if !s.started {
		s.started = true
		s.start()
	}
	return s.ResponseWriter.Write(p)
}
