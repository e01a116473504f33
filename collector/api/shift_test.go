package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/online/onlinetest"
	"yangguang/queries/querytest"
)

// TestListThatShiftsSoThatTheNextPageIsTheFirst: while the second page of a complete list is asked for, its rows come to the first.
func TestListThatShiftsSoThatTheNextPageIsTheFirst(t *testing.T) {
	var pages map[string][2]int // first row and the one behind the last, by page
	turns := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("page") == "2" && turns {
			pages, turns = map[string][2]int{"1": {3, 6}, "2": {0, 3}}, false
		}
		var rows []string
		for i := pages[r.FormValue("page")][0]; i < pages[r.FormValue("page")][1]; i++ {
			rows = append(rows, fmt.Sprintf(`{"id": "a%d", "at": 1782864000}`, i))
		}
		fmt.Fprintf(w, "[%s]", strings.Join(rows, ","))
	}))
	t.Cleanup(server.Close)
	var config api.Config
	if err := yaml.Unmarshal([]byte("name: shifting\ncovers: all\nurl: "+server.URL+"\ncomplete: true\nfixed: {unit: 龙城镇, item: 党费收缴}\n"+
		"fields: {record_id: .id, title: .id, published_on: .at}\npaging: {style: page, parameter: page}\n"), &config); err != nil {
		t.Fatal(err)
	}
	source, err := api.New(config, t.TempDir(), onlinetest.Network{Client: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	options := onlinetest.Options()
	options.Store = querytest.Store(t).Store
	for day := range 3 {
		pages, turns = map[string][2]int{"1": {0, 3}, "2": {3, 6}}, day > 0
		options.Clock = func() time.Time { return time.Date(2026, 8, 1+day, 1, 0, 0, 0, time.UTC) }
		summary, err := collector.New(options).Collect(t.Context(), source, nil)
		if err != nil || summary.Read != 6 || summary.Withdrawn != 0 {
			t.Errorf("day %d: read %d of 6, withdrawn %d, %v", day+1, summary.Read, summary.Withdrawn, err)
		}
	}
}
