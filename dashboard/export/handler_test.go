package export_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/dashboard/export"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// patience is for a database that never answers; every other test gets its rows at once.
const patience = 2 * time.Second

func serve(t *testing.T, streamer export.Streamer) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("GET /export/", &export.Handler{
		Streamer: streamer, Bundle: bundle(t), Language: "zh", Zone: shanghai(),
		Now: func() time.Time { return time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC) }, // the 22nd in the zone
		Log: slog.New(slog.DiscardHandler), Patience: patience,
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func get(t *testing.T, address string) (*http.Response, string, error) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, string(body), err
}

func TestHandler(t *testing.T) {
	var asked model.Question
	server := serve(t, rows{rows: [][]any{{"黄牌", "file.csv:3", "reason", "{}", civil(2026, 9, 1)}}, asked: &asked})
	response, body, err := get(t, server.URL+"/export/rejects.csv?to=2026-06-30&group=towns&unit=")
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 200 || !strings.Contains(body, "数据来源,所在位置,未入库原因") || !strings.Contains(body, "2026-09-01 08:00:00") {
		t.Errorf("got %s %q", response.Status, body)
	}
	disposition := `attachment; filename="rejects_2026-01-01_2026-06-30.csv"; filename*=UTF-8''` + url.PathEscape("未入库记录_2026-01-01_2026-06-30.csv")
	if diff := cmp.Diff(disposition, response.Header.Get("Content-Disposition")); diff != "" {
		t.Error(diff)
	}
	want := model.Question{From: civil(2026, 1, 1), To: civil(2026, 6, 30), AsOf: civil(2026, 11, 22), Group: "towns", Scope: "own"}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
}

// TestNameOfLapsed sees that the name says as of which day: the window does not limit what is lapsed.
func TestNameOfLapsed(t *testing.T) {
	server := serve(t, rows{})
	response, body, err := get(t, server.URL+"/export/lapsed.xlsx?from=2026-04-01&to=2026-05-31&as_of=2026-06-30")
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v: %s", err, response, body)
	}
	want := `attachment; filename="lapsed_as_of_2026-06-30.xlsx"; filename*=UTF-8''` + url.PathEscape("逾期未公开_截至2026-06-30.xlsx")
	if diff := cmp.Diff(want, response.Header.Get("Content-Disposition")); diff != "" {
		t.Error(diff)
	}
}

func TestHandlerRefuses(t *testing.T) {
	server := serve(t, rows{})
	for name, test := range map[string]struct {
		path   string
		status int
		want   string
	}{
		"unknown report":    {"/export/gossip.csv", 404, "ranking, obligations"},
		"below a folder":    {"/export/a/b/records.csv", 404, "no such export"},
		"a folder":          {"/export/records.csv/", 404, "no such export"},
		"nothing":           {"/export/", 404, "no such export"},
		"unknown format":    {"/export/ranking.pdf", 404, "csv, xlsx, json"},
		"bad date":          {"/export/ranking.csv?from=2026-13-01", 400, `from: "2026-13-01" is not right; expected a date written 2026-07-01`},
		"reversed":          {"/export/ranking.csv?from=2026-12-01&to=2026-11-01", 400, "not after to"},
		"unknown group":     {"/export/ranking.csv?group=cities", 400, "organs, towns"},
		"unknown parameter": {"/export/ranking.csv?grup=towns", 400, "grup"},
		"twice":             {"/export/ranking.csv?unit=a&unit=b", 400, "expected it once"},
		"unknown unit":      {"/export/ranking.csv?unit=nobody", 400, "unit: \"nobody\" is not right"},
		"unknown language":  {"/export/ranking.csv?lang=fr", 400, "one of zh, en"},
		"broken query":      {"/export/ranking.csv?from=%zz", 400, "query"},
	} {
		t.Run(name, func(t *testing.T) {
			response, body, err := get(t, server.URL+test.path)
			if err != nil || response.StatusCode != test.status || !strings.Contains(body, test.want) {
				t.Errorf("got %v %q, %v", response, body, err)
			}
			if head, err := http.Head(server.URL + test.path); err != nil || head.StatusCode != test.status {
				t.Errorf("HEAD: %v, %v", head, err)
			}
			if response.Header.Get("Content-Disposition") != "" {
				t.Error("an error is offered as a download")
			}
		})
	}
}

func TestHandlerFault(t *testing.T) {
	fault := errors.New("secret of the database")
	t.Run("before the first byte", func(t *testing.T) {
		response, body, err := get(t, serve(t, rows{fault: fault}).URL+"/export/rejects.csv")
		if err != nil || response.StatusCode != 500 || strings.Contains(body, "secret") {
			t.Errorf("got %v %q, %v", response, body, err)
		}
	})
	t.Run("without a registry", func(t *testing.T) {
		response, body, err := get(t, serve(t, rows{fault: model.ErrNoRegistry}).URL+"/export/rejects.csv")
		if err != nil || response.StatusCode != 503 || !strings.Contains(body, "no registry has been loaded") {
			t.Errorf("got %v %q, %v", response, body, err)
		}
	})
	t.Run("midway", func(t *testing.T) {
		long := rows{fault: fault}
		for range 5000 {
			long.rows = append(long.rows, []any{"source", "place", "reason", strings.Repeat("x", 50), nil})
		}
		for _, format := range []string{"csv", "json"} {
			response, body, err := get(t, serve(t, long).URL+"/export/rejects."+format)
			if err == nil {
				t.Errorf("%s: %d bytes of a cut file were taken for a whole one (%s)", format, len(body), response.Status)
			}
		}
	})
}

// silent is a database that takes questions and gives so many rows, then nothing until its caller gives up.
type silent struct {
	rows
	checks bool // already the look for units gets no answer
}

func (s silent) CheckUnits(ctx context.Context, _ model.Question) error {
	if !s.checks {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

func (s silent) Stream(ctx context.Context, report model.Report, question model.Question, each func([]any) error) error {
	if err := s.rows.Stream(ctx, report, question, each); err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

// An export that cannot be whole ends within a bound, and never as half a file that is taken for a whole one.
func TestHandlerOfASilentDatabase(t *testing.T) {
	long := rows{}
	for range 5000 {
		long.rows = append(long.rows, []any{"source", "place", "reason", strings.Repeat("x", 50), nil})
	}
	for name, test := range map[string]struct {
		streamer silent
		format   string
		begun    bool
	}{
		"no unit is looked up":    {silent{checks: true}, "csv", false},
		"nothing comes":           {silent{}, "csv", false},
		"too little to be begun":  {silent{rows: rows{rows: long.rows[:1]}}, "csv", false},
		"a workbook is not whole": {silent{rows: long}, "xlsx", false},
		"a table breaks off":      {silent{rows: long}, "csv", true},
		"a text breaks off":       {silent{rows: long}, "json", true},
	} {
		t.Run(name, func(t *testing.T) {
			address := serve(t, test.streamer).URL + "/export/rejects." + test.format + "?unit=v1"
			response, body, err := get(t, address)
			if test.begun {
				if err == nil {
					t.Errorf("%d bytes of a cut file were taken for a whole one (%s)", len(body), response.Status)
				}
				return
			}
			if err != nil || response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" || !strings.Contains(body, "does not answer") {
				t.Errorf("got %v %q, %v", response, body, err)
			}
			if response.Header.Get("Content-Disposition") != "" {
				t.Error("an error is offered as a download")
			}
		})
	}
}

// HEAD has the status and the headers that GET would have, and asks for no more than the first row.
func TestHandlerHead(t *testing.T) {
	row := []any{"source", "place", "reason", "content", nil}
	for name, test := range map[string]struct {
		streamer export.Streamer
		status   int
	}{
		"rows":          {rows{rows: [][]any{row, row}}, http.StatusOK},
		"more to come":  {silent{rows: rows{rows: [][]any{row}}}, http.StatusOK},
		"no row":        {rows{}, http.StatusOK},
		"fault":         {rows{fault: errors.New("secret")}, http.StatusInternalServerError},
		"no registry":   {rows{fault: model.ErrNoRegistry}, http.StatusServiceUnavailable},
		"being made":    {rows{fault: &facts.NotStoredError{}}, http.StatusServiceUnavailable},
		"nothing comes": {silent{}, http.StatusServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := http.Head(serve(t, test.streamer).URL + "/export/rejects.csv")
			if err != nil || response.StatusCode != test.status || (response.Header.Get("Content-Disposition") != "") != (test.status == http.StatusOK) {
				t.Errorf("got %v, %v", response, err)
			}
		})
	}
}

// A question written as an address and read again is the same question.
func TestQuestionValues(t *testing.T) {
	now := time.Date(2026, 11, 22, 4, 0, 0, 0, shanghai())
	for name, question := range map[string]model.Question{
		"default": model.Question{}.WithDefaults(civil(2026, 11, 22)),
		"everything": {
			From: civil(2026, 1, 1), To: civil(2026, 6, 30), AsOf: civil(2026, 7, 1), Group: "villages", Within: "t1", Unit: "v1",
			Scope: "subtree", Programme: "party", Focus: "integrity", KnownAt: time.Date(2026, 7, 2, 0, 0, 0, 5e6, time.UTC),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := export.ParseQuestion(export.QuestionValues(question), now.AddDate(0, 1, 0))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(question, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
