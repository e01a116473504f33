// Command generate writes Grafana's dashboards and alert rules: go generate ./deploy/grafana.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"yangguang/deploy/grafana"
)

func main() {
	if err := generate("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate writes the files into deploy/grafana, the directory given.
func generate(directory string) error {
	files, err := grafana.Files(os.DirFS(filepath.Join(directory, "../prometheus")), os.DirFS(filepath.Join(directory, "../alertmanager")))
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(directory, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
