package tests

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// TestStoppedEngine stops the database as it can be stopped worst: it takes every question and answers none. Every address is answered all the
// same, pages that were open before as they were.
func TestStoppedEngine(t *testing.T) {
	running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), Command: querytest.Command(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	connected, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := connected.Close(); err != nil {
			t.Error(err)
		}
	})
	store := ask.New(facts.New(connected))
	if err := storage.Migrate(t.Context(), store.Store); err != nil {
		t.Fatal(err)
	}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: secretRegistry(time.Now()), Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3,
	}); err != nil {
		t.Fatal(err)
	}
	remembered, err := ask.NewCached(store, 500)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer // of handlers that are called one after another
	limit := func(limit time.Duration) http.Handler {
		return site(t, store, remembered, func(o *page.Options) {
			o.Clock, o.Timeout, o.Logger = time.Now, limit, slog.New(slog.NewTextHandler(&log, nil))
			o.Ready = func(ctx context.Context) error { _, err := registry.AssessmentInForce(ctx, store.Store); return err }
			handler := *o.Export.(*export.Handler)
			handler.Patience, handler.Now, handler.Log = limit, time.Now, o.Logger
			o.Export = &handler
		})
	}
	handler := limit(10 * time.Second)
	opened := []string{"/", "/unit/O1", "/freezes"}
	for _, address := range opened {
		for whole := false; !whole; { // what a busy machine does not answer in time is remembered for the next try; the test's time limit bounds it
			_, header, _ := get(t, handler, address)
			whole = header.Get("Refresh") == ""
		}
	}
	process := running.Process()
	signal := func(what syscall.Signal) {
		if err := syscall.Kill(process, what); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = syscall.Kill(process, syscall.SIGCONT) })
	signal(syscall.SIGSTOP)
	running.NoteChange() // else what is in memory is known to be current
	short := limit(time.Second)
	for _, address := range []string{
		"/", "/ranking/all", "/unit/O1", "/lapsed", "/procedure", "/supervision", "/evidence", "/placement", "/methodology", "/sites", "/sites/T1", "/sources", "/sources/x",
		"/proof/x/y", "/proof/x/y/content", "/freezes", "/freezes/x/meeting.html", "/freezes/x/pack.zip", "/?within=T1", "/supervision?export=cards.csv",
		"/export/ranking.csv", "/export/records.csv?unit=O1", "/export/lapsed.xlsx", "/export/summary.json", "/-/ready",
	} {
		methods := []string{http.MethodGet}
		if strings.HasPrefix(address, "/export/") {
			methods = append(methods, http.MethodHead)
		}
		for _, method := range methods {
			answer := httptest.NewRecorder()
			short.ServeHTTP(answer, httptest.NewRequest(method, address, nil))
			if answer.Code != http.StatusServiceUnavailable || strings.HasPrefix(answer.Header().Get("Content-Disposition"), "attachment") || answer.Header().Get("Retry-After") == "" && address != "/-/ready" {
				t.Errorf("%s %s: status %d, %v", method, address, answer.Code, answer.Header())
			}
		}
	}
	if answer := send(t, short, "/freezes", "会议", map[string]string{"Sec-Fetch-Site": "same-origin"}); answer.Code != http.StatusServiceUnavailable {
		t.Errorf("a pack is asked for: status %d", answer.Code)
	}
	for _, found := range []string{"http://", "level=ERROR"} {
		if strings.Contains(log.String(), found) {
			t.Errorf("the log has %s:\n%.3000s", found, log.String())
		}
	}
	for _, address := range opened {
		status, header, page := get(t, handler, address)
		if status != http.StatusOK || !strings.Contains(page, "的结果；") || header.Get("Refresh") == "" || strings.Contains(page, `class="failed"`) {
			t.Errorf("%s, opened before: status %d, %v\n%.1000s", address, status, header, page)
		}
	}
	signal(syscall.SIGCONT)
	if status, header, page := get(t, handler, "/"); status != http.StatusOK || header.Get("Refresh") != "" || strings.Contains(page, "的结果；") {
		t.Errorf("once it goes on: status %d, %v\n%.1000s", status, header, page)
	}
}
