package export_test

import (
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
	"yangguang/queries"
)

func serve(t *testing.T, streamer export.Streamer) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("GET /export/{file}", &export.Handler{
		Streamer: streamer, Bundle: bundle(t), Language: "zh", Zone: shanghai(),
		Now: func() time.Time { return time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC) }, // the 22nd in the zone
		Log: slog.New(slog.DiscardHandler),
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
	var asked queries.Question
	server := serve(t, rows{rows: [][]any{{"黄牌", "file.csv:3", "reason", "{}", civil(2026, 9, 1)}}, asked: &asked})
	response, body, err := get(t, server.URL+"/export/rejects.csv?to=2026-06-30&group=towns&unit=")
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 200 || !strings.Contains(body, "来源,所在位置,拒收原因") || !strings.Contains(body, "2026-09-01 08:00:00") {
		t.Errorf("got %s %q", response.Status, body)
	}
	disposition := `attachment; filename="rejects_2026-01-01_2026-06-30.csv"; filename*=UTF-8''` + url.PathEscape("拒收记录_2026-01-01_2026-06-30.csv")
	if diff := cmp.Diff(disposition, response.Header.Get("Content-Disposition")); diff != "" {
		t.Error(diff)
	}
	want := queries.Question{From: civil(2026, 1, 1), To: civil(2026, 6, 30), AsOf: civil(2026, 11, 22), Group: "towns", Scope: "own"}
	if diff := cmp.Diff(want, asked); diff != "" {
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
		response, body, err := get(t, serve(t, rows{fault: queries.ErrNoRegistry}).URL+"/export/rejects.csv")
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

// A question written as an address and read again is the same question.
func TestQuestionValues(t *testing.T) {
	now := time.Date(2026, 11, 22, 4, 0, 0, 0, shanghai())
	for name, question := range map[string]queries.Question{
		"default": queries.Question{}.WithDefaults(civil(2026, 11, 22)),
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
