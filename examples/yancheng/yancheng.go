// Package yancheng is the sample district 漯河市郾城区: configuration, registry and made-up ledgers (示例数据), embedded
// so that a lone binary can show it.
package yancheng

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"yangguang/examples/yancheng/district"
)

// Config is the name of the configuration file inside the directory that Write fills.
const Config = "yangguang.yaml"

//go:embed yangguang.yaml assessment.yaml registry/*.csv
var files embed.FS

// Write puts the sample district into dir: configuration and registry where they are missing (edited ones are left
// alone), and the ledgers, written again through the civil day given (its time of day and zone are ignored).
// Deleting dir gives back the original.
func Write(ctx context.Context, dir string, through time.Time) (district.Written, error) {
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return writeMissing(filepath.Join(dir, filepath.FromSlash(name)), name)
	})
	if err != nil {
		return district.Written{}, fmt.Errorf("write sample district: %w", err)
	}
	return district.Write(ctx, os.DirFS(filepath.Join(dir, "registry")), filepath.Join(dir, "ledgers"), through)
}

func writeMissing(path, name string) error {
	if _, err := os.Stat(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
