package door

import (
	"path/filepath"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
	"yangguang/dashboard/access"
)

// Clerks and operators are users of web_config; one whom it does not name is a mistake. Without operators everybody who is let in is one.
func TestRoles(t *testing.T) {
	file := config.WebConfigFile(filepath.Join(t.TempDir(), "web.yml"))
	filetest.Write(t, string(file), "basic_auth_users:\n  zhang: hash\n  reader: hash\n")
	for name, test := range map[string]struct {
		config config.Config
		wants  string      // in the mistake; empty: none
		user   access.User // zhang
	}{
		"none":             {config.Config{WebConfig: file}, "", access.User{Name: "zhang", Operator: true}},
		"a clerk":          {config.Config{WebConfig: file, Clerks: []string{"zhang"}}, "", access.User{Name: "zhang", Clerk: true, Operator: true}},
		"an operator":      {config.Config{WebConfig: file, Operators: []string{"zhang"}}, "", access.User{Name: "zhang", Operator: true}},
		"another operator": {config.Config{WebConfig: file, Operators: []string{"reader"}}, "", access.User{Name: "zhang"}},
		"a clerk, another operator": {
			config.Config{WebConfig: file, Clerks: []string{"zhang"}, Operators: []string{"reader"}}, "", access.User{Name: "zhang", Clerk: true},
		},
		"no such clerk":    {config.Config{WebConfig: file, Clerks: []string{"li"}}, "clerks", access.User{Name: "zhang", Operator: true}},
		"no such operator": {config.Config{WebConfig: file, Operators: []string{"li"}}, "operators", access.User{Name: "zhang"}},
		"nobody known":     {config.Config{Operators: []string{"zhang"}}, "without web_config", access.User{Name: "zhang", Operator: true}},
	} {
		t.Run(name, func(t *testing.T) {
			err := checkRoles(&test.config)
			if (err == nil) != (test.wants == "") || err != nil && !strings.Contains(err.Error(), test.wants) {
				t.Errorf("got %v, want %q", err, test.wants)
			}
			if user := RoleOf(&test.config, "zhang"); user != test.user {
				t.Errorf("zhang is %+v", user)
			}
			if nobody := RoleOf(&test.config, ""); nobody.Clerk || nobody.Operator != (len(test.config.Operators) == 0) {
				t.Errorf("nobody is %+v", nobody)
			}
		})
	}
}
