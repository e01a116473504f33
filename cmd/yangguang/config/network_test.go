package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/fetch"
)

// configured reads a configuration of the district; its sources follow.
func configured(t *testing.T, text string) (*Config, error) {
	t.Helper()
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../testdata/district")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(directory, "network.yaml")
	if err := os.WriteFile(path, []byte("registry: {units: units.csv, catalogue: catalogue.csv}\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(path)
}

const feedSource = "{name: a, kind: feed, covers: all, url: http://127.0.0.1/, network: {%s}}"

func TestSourceOverridesTheNetwork(t *testing.T) {
	global := "network: {user_agent: Global/1, rate_per_second: 3, concurrency: 4, timeout: 5s, max_body: 6, retries: 7, robots: false, allow_private: true, allow_hosts: [a.cn]}\n"
	asGlobal := fetch.Policy{
		UserAgent: "Global/1", RatePerSecond: 3, Concurrency: 4, Timeout: 5 * time.Second, MaxBody: 6, Retries: 7, IgnoreRobots: true,
		AllowPrivate: true, AllowHosts: []string{"a.cn"},
	}
	for name, test := range map[string]struct {
		own  string
		want func(*fetch.Policy)
	}{
		"nothing":         {"", func(*fetch.Policy) {}},
		"user_agent":      {"user_agent: Own/2 (a@b.cn)", func(p *fetch.Policy) { p.UserAgent = "Own/2 (a@b.cn)" }},
		"rate_per_second": {"rate_per_second: 0.5", func(p *fetch.Policy) { p.RatePerSecond = 0.5 }},
		"concurrency":     {"concurrency: 1", func(p *fetch.Policy) { p.Concurrency = 1 }},
		"timeout":         {"timeout: 2m", func(p *fetch.Policy) { p.Timeout = 2 * time.Minute }},
		"max_body":        {"max_body: 1000", func(p *fetch.Policy) { p.MaxBody = 1000 }},
		"retries":         {"retries: 2", func(p *fetch.Policy) { p.Retries = 2 }},
		"no retries":      {"retries: 0", func(p *fetch.Policy) { p.Retries = -1 }},
		"robots":          {"robots: true", func(p *fetch.Policy) { p.IgnoreRobots = false }},
		"allow_private":   {"allow_private: false", func(p *fetch.Policy) { p.AllowPrivate = false }},
		"allow_hosts":     {"allow_hosts: [b.cn, c.cn]", func(p *fetch.Policy) { p.AllowHosts = []string{"b.cn", "c.cn"} }},
		"no hosts":        {"allow_hosts: []", func(p *fetch.Policy) { p.AllowHosts = []string{} }},
		"two keys":        {"concurrency: 1, timeout: 1s", func(p *fetch.Policy) { p.Concurrency, p.Timeout = 1, time.Second }},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := configured(t, global+"sources:\n  - "+fmt.Sprintf(feedSource, test.own))
			if err != nil {
				t.Fatal(err)
			}
			want := asGlobal
			test.want(&want)
			if diff := cmp.Diff(want, c.policyOf(c.Sources[0])); diff != "" {
				t.Errorf("policy (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNetworkTakenOverFromAnAnchor(t *testing.T) {
	c, err := configured(t, `
network: &polite {rate_per_second: 0.1, concurrency: 1}
sources:
  - &slow {name: a, kind: feed, covers: all, url: http://127.0.0.1/, network: *polite}
  - {name: b, kind: feed, covers: all, url: http://127.0.0.1/, network: {<<: *polite, concurrency: 2}}
  - name: c
    kind: feed
    covers: all
    url: http://127.0.0.1/
    network:
      concurrency: 3
      <<: [{concurrency: 8, retries: 4}, {retries: 9, max_body: 5}]
  - {<<: *slow, name: e}
`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []fetch.Policy{
		{RatePerSecond: 0.1, Concurrency: 1}, {RatePerSecond: 0.1, Concurrency: 2}, {RatePerSecond: 0.1, Concurrency: 3, Retries: 4, MaxBody: 5}, {RatePerSecond: 0.1, Concurrency: 1},
	} {
		if diff := cmp.Diff(want, c.policyOf(c.Sources[i])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Sources[i].Name, diff)
		}
	}
}

func TestWhoAsksForRobots(t *testing.T) {
	t.Setenv("TEST_SECRET", "s")
	sources := `
  - {name: web, kind: web, covers: all, url: http://127.0.0.1/, rows: li, fields: {title: a}%[1]s}
  - {name: feed, kind: feed, covers: all, url: http://127.0.0.1/%[1]s}
  - {name: api, kind: api, covers: all, url: http://127.0.0.1/, fields: {title: .a}%[1]s}
  - {name: wechat, kind: wechat, covers: all, app_id: a, secret: {env: TEST_SECRET}%[1]s}
`
	for name, test := range map[string]struct{ global, own, want string }{
		"usually":           {"", "", "web feed"},
		"everybody said so": {"network: {robots: true}\n", "", "web feed"},
		"nobody said so":    {"network: {robots: false}\n", "", ""},
		"each says so":      {"network: {robots: false}\n", ", network: {robots: true}", "web feed api wechat"},
		"none says so":      {"", ", network: {robots: false}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := configured(t, test.global+"sources:"+fmt.Sprintf(sources, test.own))
			if err != nil {
				t.Fatal(err)
			}
			var asking []string
			for _, source := range c.Sources {
				if !c.policyOf(source).IgnoreRobots {
					asking = append(asking, source.Name)
				}
			}
			if got := strings.Join(asking, " "); got != test.want {
				t.Errorf("%q ask, want %q", got, test.want)
			}
		})
	}
}

func TestNetworkMistakes(t *testing.T) {
	for own, want := range map[string]string{
		"rate_per_secnd: 1":                    `: unknown key "rate_per_secnd"; one of allow_hosts, allow_private, ca_file, concurrency, max_body, rate_per_second, retries, robots, timeout, user_agent`,
		"rate_per_second: 0":                   `.rate_per_second: "0"; expected requests a second to one host, a number from 0.001 on`,
		"rate_per_second: .inf":                `.rate_per_second: ".inf"; expected`,
		"rate_per_second: .nan":                `.rate_per_second: ".nan"; expected`,
		"rate_per_second: fast":                `.rate_per_second: "fast"; expected`,
		"rate_per_second: ~":                   `.rate_per_second: "~"; expected`,
		"concurrency: 0":                       `.concurrency: "0"; expected requests to one host at a time, a whole number from 1 on`,
		"concurrency: 1.5":                     `.concurrency: "1.5"; expected`,
		"timeout: 30":                          `.timeout: "30"; expected a time such as 30s`,
		"timeout: -1s":                         `.timeout: "-1s"; expected`,
		"timeout: [30s]":                       `.timeout: "[30s]"; expected`,
		"max_body: 0":                          `.max_body: "0"; expected bytes of one page, a whole number from 1 to 1073741824`,
		"max_body: 9223372036854775807":        `.max_body: "9223372036854775807"; expected`,
		"retries: -2":                          `.retries: "-2"; expected how often, a whole number; 0 for never`,
		"robots: perhaps":                      `.robots: "perhaps"; expected true or false`,
		"allow_private: 10.0.0.1":              `.allow_private: "10.0.0.1"; expected true or false`,
		"allow_hosts: [www.a.cn/list]":         `.allow_hosts: "[www.a.cn/list]"; expected a list of names of hosts, such as [www.example.gov.cn]`,
		"allow_hosts: ['www.a.cn:8080']":       `.allow_hosts: "['www.a.cn:8080']"; expected`,
		"ca_file: ''":                          `.ca_file: ""; expected a file of certificates in PEM or DER, relative to the configuration`,
		"ca_file: none.pem":                    `.ca_file: read certificates: open `,
		"allow_hosts: ['']":                    `.allow_hosts: "['']"; expected`,
		"user_agent: ''":                       `.user_agent: ""; expected a name in Latin letters, such as Example/1.0 (mail@example.gov.cn)`,
		"user_agent: /1.0":                     `.user_agent: "/1.0"; expected`,
		"user_agent: 阳光":                       `.user_agent: "阳光"; expected`,
		"user_agent: \"A/1\\r\\nCookie: b=c\"": `.user_agent: "A/1\r\nCookie: b=c"; expected`,
	} {
		t.Run(own, func(t *testing.T) {
			for text, of := range map[string]string{
				"network: {" + own + "}\n":                             ":2: network",
				"sources:\n  - " + fmt.Sprintf(feedSource, own) + "\n": `:3: source "a": network`,
			} {
				c, err := configured(t, text)
				if err == nil {
					t.Fatalf("%s: no error, %+v", text, c.Network)
				}
				if got := err.Error(); !strings.Contains(got, "network.yaml"+of+want) || strings.Contains(got, "\n") {
					t.Errorf("error %s\nwant …%s", got, of+want)
				}
			}
		})
	}
	_, err := configured(t, `network:
  concurrency: 0
  retries: many
sources:
  - {name: 甲, kind: feed, covers: all, url: http://127.0.0.1/, network: none}
  - name: 乙
    kind: feed
    covers: all
    url: http://127.0.0.1/
    network:
      timeout: soon
      agent: x
`)
	want := []string{
		`:3: network.concurrency: "0"; expected requests to one host at a time, a whole number from 1 on`,
		`:4: network.retries: "many"; expected how often, a whole number; 0 for never`,
		`:6: source "甲": network: expected keys and values: ` + networkKeyNames(),
		`:12: source "乙": network.timeout: "soon"; expected a time such as 30s`,
		`:13: source "乙": network: unknown key "agent"; one of ` + networkKeyNames(),
	}
	var got []string
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			_, text, _ := strings.Cut(line, "network.yaml")
			got = append(got, text)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestLedgerHasNoNetwork(t *testing.T) {
	_, err := configured(t, "sources:\n  - name: a\n    kind: ledger\n    path: ledgers/*\n    network: {retries: 1}\n")
	if err == nil || !strings.Contains(err.Error(), `:6: sources: unknown key "network"`) {
		t.Error(err)
	}
}
