package program

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
)

// TestPatrolMistakes makes mistakes in the key patrol and on the command line, in both languages. None of these needs the database.
func TestPatrolMistakes(t *testing.T) {
	directory := t.TempDir()
	const wrong = `registry: {units: units.csv, catalogue: catalogue.csv}
patrol:
  schedule: hourly
  days: 0
  per_host: -5
  again_after: 3 hours
  slow: 1h
  reachable: [www.gov.cn, "ftp://x.test"]
`
	const none = "registry: {units: units.csv, catalogue: catalogue.csv}\n"
	for _, test := range []struct {
		language, config string
		arguments        []string
		want             string
	}{
		{"en", wrong, []string{"patrol"}, `FILE:4: patrol.schedule: "hourly"; expected five fields such as "10 7 * * *", or @every 1h
FILE:7: patrol.again_after: "3 hours"; expected a time from 10m to 72h, such as 3h
FILE:8: patrol.slow: "1h"; expected a time from 1s to 5m, such as 15s
FILE:5: patrol.days: 0; expected a number from 1 to 90
FILE:6: patrol.per_host: -5; expected a number above 0
FILE:9: patrol.reachable: "ftp://x.test"; expected a host such as www.example.gov.cn, or an address such as http://www.example.gov.cn/
`},
		{"zh", wrong, []string{"patrol"}, `FILE:4: patrol.schedule: "hourly"；应为五段，如 "10 7 * * *"，或 @every 1h
FILE:7: patrol.again_after: "3 hours"；应为 10m 到 72h 的时间，如 3h
FILE:8: patrol.slow: "1h"；应为 1s 到 5m 的时间，如 15s
FILE:5: patrol.days: 0；应为 1 到 90 的数
FILE:6: patrol.per_host: -5；应为大于 0 的数
FILE:9: patrol.reachable: "ftp://x.test"；应为网站名，如 www.example.gov.cn，或地址，如 http://www.example.gov.cn/
`},
		{"en", none + "patrol: {dais: 7}\n", []string{"patrol"}, "FILE:3: unknown key \"dais\"; did you mean days?\n"},
		{"zh", none + "patrol: {dais: 7}\n", []string{"patrol"}, "FILE:3: 没有键 \"dais\"；是否要写 days？\n"},
		{"en", none + "patrol: {days: seven}\n", []string{"patrol"}, "FILE:3: cannot unmarshal !!str `seven` into int\n"},
		{"zh", none + "patrol: {days: seven}\n", []string{"patrol"}, "FILE:3: !!str `seven` 不是整数\n"},
		{"en", none, []string{"patrol", "links"}, "FILE: patrol: missing; expected the key patrol, which may be empty; see docs/patrol-addresses.md\n"},
		{"zh", none, []string{"patrol"}, "FILE: 没有写 patrol；应写键 patrol，可以留空；见 docs/patrol-addresses.md\n"},
		{"en", none, []string{"patrol", "things"}, "[<part>] must be one of \"\",\"links\",\"content\" but got \"things\"\nRun 'yangguang --help' for the commands.\n"},
		{"zh", none, []string{"evidence", "look"}, "<what> 应为其一：\"verify\",\"chain\"；所写的是 \"look\"\n运行 yangguang --help 查看全部命令。\n"},
		{"zh", none, []string{"evidence"}, "缺少参数 \"<what>\"\n运行 yangguang --help 查看全部命令。\n"},
	} {
		path := filepath.Join(directory, "a.yaml")
		filetest.Write(t, path, strings.Replace(test.config, "registry", "language: "+test.language+"\nregistry", 1))
		var out, problems bytes.Buffer
		status := Run(append(test.arguments, "--config", path), &out, &problems)
		if got := strings.ReplaceAll(problems.String(), path, "FILE"); status != 2 || got != "yangguang: "+test.want {
			t.Errorf("%v in %s ended with %d and said\n%swant\n%s", test.arguments, test.language, status, got, test.want)
		}
	}
	path := filepath.Join(directory, "empty.yaml")
	filetest.Write(t, path, none+"patrol:\n")
	if c, err := config.Read(path); err != nil || c.Patrol == nil || c.Patrol.Budget.PerHost != 5000 || c.Patrol.Budget.Every != 7*24*time.Hour {
		t.Errorf("the key with nothing behind it: %v", err)
	}
}
