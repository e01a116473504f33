// Package starter writes what a district begins with: a commented configuration, registry and ledger workbooks with examples, lists to choose from
// and explanations, and a short README.
package starter

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/template"
	"time"

	"yangguang/queries/model"
)

//go:embed files
var files embed.FS

// Config is the name of the configuration file.
const Config = "yangguang.yaml"

// Result says which files were written and which were there already, relative to the directory.
type Result struct{ Written, Kept []string }

// Write writes what is missing of the files into a directory, which is made if need be; what is there already is left as it is. today is a civil day
// at midnight UTC. The ledger's lists have the units and items of registry; of none, the examples of the registry workbooks.
func Write(directory string, today time.Time, registry *model.Registry) (Result, error) {
	var result Result
	since := time.Date(today.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	for _, file := range []struct {
		name  string
		bytes func() ([]byte, error)
	}{
		{Config, func() ([]byte, error) { return text("yangguang.yaml", since) }},
		{"README.md", func() ([]byte, error) { return text("README.md", since) }},
		{"registry/单位.xlsx", unitForm().workbook},
		{"registry/公开目录.xlsx", catalogueForm(since).workbook},
		{"registry/节假日.xlsx", calendarForm().workbook},
		{"registry/免予公开.xlsx", exemptionForm().workbook},
		{"ledgers/台账.xlsx", ledgerForm(today, since, registry).workbook},
	} {
		path := filepath.Join(directory, filepath.FromSlash(file.name))
		if _, err := os.Lstat(path); err == nil {
			result.Kept = append(result.Kept, file.name)
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return result, fmt.Errorf("look for %s: %w", path, err)
		}
		content, err := file.bytes()
		if err != nil {
			return result, fmt.Errorf("make %s: %w", file.name, err)
		}
		if err := writeNew(path, content); err != nil {
			return result, err
		}
		result.Written = append(result.Written, file.name)
	}
	return result, nil
}

// writeNew writes a file that must not be there yet, whole or not at all.
func writeNew(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

func text(name string, since time.Time) ([]byte, error) {
	parsed, err := template.ParseFS(files, "files/"+name)
	if err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	var filled bytes.Buffer
	err = parsed.Execute(&filled, map[string]string{"Since": since.Format(time.DateOnly)})
	return filled.Bytes(), err
}
