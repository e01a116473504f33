package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is no origin could say more in the policy than who shows the pages.
func TestFrameAncestors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "yangguang.yaml")
	for written, good := range map[string]bool{
		"https://portal.example": true, "http://10.0.0.8:8081": true, "https://portal.example/": false, "portal.example": false, "*": false, "https://*.example": false,
		"https://a.example; script-src *": false, "'self'": false, "https://a.example https://b.example": false, "": false,
	} {
		if err := os.WriteFile(path, []byte("registry: {units: u.csv, catalogue: c.csv}\nframe_ancestors: [\""+written+"\"]\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); (err == nil) != good || err != nil && !strings.Contains(err.Error(), "frame_ancestors: ") {
			t.Errorf("%q: %v", written, err)
		}
	}
}
