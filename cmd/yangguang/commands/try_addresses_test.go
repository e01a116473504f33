package commands

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/terminal"
)

// TestTryTellsAddressesThatChange reads a site that makes its addresses again for each reader, and one that does not.
func TestTryTellsAddressesThatChange(t *testing.T) {
	for name, parameter := range map[string]string{"anew each time": "token", "as they were": "", "a session": "PHPSESSID", "ignored": "rnd"} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if parameter != "" {
					asked++
				}
				for number := range 3 {
					fmt.Fprintf(w, "<li><a href='/view?%s=%d&id=%d'>沙河区公安局2026年%d月三公经费</a><span>2026-08-0%d</span></li>", parameter, asked, number, number+1, number+1)
				}
			}))
			t.Cleanup(site.Close)
			folder := t.TempDir()
			write := func(file, content string) string {
				path := filepath.Join(folder, file)
				filetest.Write(t, path, content)
				return path
			}
			write("units.csv", "unit_id,name,tier\nO1,沙河区公安局,organ\n")
			write("catalogue.csv", "item_id,name,programme,catalogue,tiers,class,cadence,due_days,day_kind\nJC3,三公经费,party,grassroots,organ,obligatory,monthly,10,natural\n")
			config := write("yangguang.yaml", "registry: {units: units.csv, catalogue: catalogue.csv}\nnetwork: {allow_private: true, robots: false, rate_per_second: 1000}\nsources:\n"+
				"  - {name: 网站, kind: web, covers: all, url: '"+site.URL+"/', ignore_parameters: [rnd], rows: li, fields: {title: a, url: a, published_on: span}, titles: {match: '^{unit}{period}三公经费', item: JC3}}\n")
			var out strings.Builder
			if err := (Try{Config: config, Format: "text", Source: "网站"}).Run(t.Context(), terminal.Streams{Out: &out, Problems: io.Discard}); err != nil {
				t.Fatal(err)
			}
			told := strings.Contains(out.String(), "网站: these addresses change between two readings (3 of 3): "+site.URL+"/view?token=")
			if told != (parameter == "token") {
				t.Errorf("told %t:\n%s", told, out.String())
			}
		})
	}
}
