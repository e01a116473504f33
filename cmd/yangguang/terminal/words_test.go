package terminal

import (
	"path/filepath"
	"testing"

	"yangguang/cmd/yangguang/filetest"
)

// TestLanguageOfTheCommandLine: what the configuration writes counts, else the environment.
func TestLanguageOfTheCommandLine(t *testing.T) {
	directory := t.TempDir()
	for name, text := range map[string]string{"zh.yaml": "language: zh\n", "en.yaml": "language: en\n", "none.yaml": "timezone: UTC\n", "broken.yaml": "language: [\n"} {
		filetest.Write(t, filepath.Join(directory, name), text)
	}
	for _, test := range []struct{ config, all, messages, lang, want string }{
		{"", "", "", "", "en"},
		{"", "", "", "zh_CN.UTF-8", "zh"},
		{"", "", "zh_TW", "en_US", "zh"},
		{"", "C.UTF-8", "zh_CN", "zh_CN", "en"},
		{"none.yaml", "", "", "zh_CN.UTF-8", "zh"},
		{"broken.yaml", "", "", "", "en"},
		{"missing.yaml", "", "", "zh_CN", "zh"},
		{"en.yaml", "", "", "zh_CN", "en"},
		{"zh.yaml", "C", "C", "C", "zh"},
	} {
		t.Setenv("LC_ALL", test.all)
		t.Setenv("LC_MESSAGES", test.messages)
		t.Setenv("LANG", test.lang)
		arguments := []string{"export"}
		if test.config != "" {
			arguments = append(arguments, "--config", filepath.Join(directory, test.config))
		}
		if got := LanguageOf(arguments); got != test.want {
			t.Errorf("%+v gives %s", test, got)
		}
		if test.config != "" {
			if got := LanguageOf([]string{"--config=" + arguments[2]}); got != test.want {
				t.Errorf("%+v gives %s with =", test, got)
			}
		}
	}
	t.Setenv(ConfigVariable, filepath.Join(directory, "en.yaml"))
	if got := LanguageOf(nil); got != "en" {
		t.Errorf("the configuration of the environment gives %s", got)
	}
}
