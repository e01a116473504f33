package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Clerks are users of web_config; nobody else is one, and one whom it does not name is a mistake.
func TestClerks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "web.yml")
	writeFile(t, file, "basic_auth_users:\n  zhang: hash\n  reader: hash\n")
	for name, test := range map[string]struct {
		config config
		wants  string // in the mistake; empty: none
		clerk  bool   // zhang
	}{
		"none":          {config{WebConfig: webConfigFile(file)}, "", false},
		"a user":        {config{WebConfig: webConfigFile(file), Clerks: []string{"zhang"}}, "", true},
		"nobody known":  {config{Clerks: []string{"zhang"}}, "without web_config", false},
		"no such user":  {config{WebConfig: webConfigFile(file), Clerks: []string{"li"}}, "li", false},
		"another clerk": {config{WebConfig: webConfigFile(file), Clerks: []string{"reader"}}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.config.checkClerks()
			if (err == nil) != (test.wants == "") || err != nil && !strings.Contains(err.Error(), test.wants) {
				t.Errorf("got %v, want %q", err, test.wants)
			}
			if clerk := test.config.isClerk("zhang"); clerk != test.clerk {
				t.Errorf("zhang is a clerk: %t", clerk)
			}
		})
	}
}
