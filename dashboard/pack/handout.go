package pack

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// Names lists the files of a pack, the manifest last.
func (m Manifest) Names() []string {
	names := make([]string, 0, len(m.Files)+1)
	for _, file := range m.Files {
		names = append(names, file.Name)
	}
	return append(names, ManifestFile)
}

// WriteFile writes one file of a pack as it was frozen. An unknown pack or file is a *model.UserError.
func (p *Packs) WriteFile(ctx context.Context, name, file string, w io.Writer) error {
	frozen, manifest, err := p.named(ctx, name)
	if err != nil {
		return err
	}
	if file == ManifestFile {
		_, err := io.WriteString(w, frozen.Manifest)
		return err
	}
	for _, known := range manifest.Files {
		if known.Name == file {
			return freeze.ReadFile(ctx, p.store.Store, frozen, file, w)
		}
	}
	return &model.UserError{Parameter: "file", Value: file, Expected: "one of " + strings.Join(manifest.Names(), ", ")}
}

// WriteZip writes a pack as an archive with one directory; it is the same archive every time. An unknown pack is a *model.UserError.
func (p *Packs) WriteZip(ctx context.Context, name string, w io.Writer) error {
	frozen, manifest, err := p.named(ctx, name)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, file := range manifest.Names() {
		part, err := archive.CreateHeader(&zip.FileHeader{Name: name + "/" + file, Method: zip.Deflate, Modified: frozen.KnownAt.Truncate(2 * time.Second)})
		if err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
		if err := p.WriteFile(ctx, name, file, part); err != nil {
			return err
		}
	}
	return archive.Close()
}

// WriteTo writes a pack to an archive, if the path ends in .zip, or else to a new directory. What is there already is never overwritten: that, or a
// place that cannot be written to, is a *model.UserError.
func (p *Packs) WriteTo(ctx context.Context, name, path string) (err error) {
	if err := Vacant(path); err != nil {
		return err
	}
	_, manifest, err := p.named(ctx, name)
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(path), ".zip") {
		return p.writeArchive(ctx, name, path)
	}
	// Whole or not at all: the directory takes its name when everything is in it.
	work, err := makeWorkDirectory(filepath.Dir(path), outPattern)
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { err = errors.Join(err, work.remove()) }()
	directory := work.path
	for _, file := range manifest.Names() {
		if err := create(filepath.Join(directory, file), func(w io.Writer) error { return p.WriteFile(ctx, name, file, w) }); err != nil {
			return err
		}
	}
	if err := errors.Join(os.Chmod(directory, 0o755), os.Rename(directory, path)); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Remove(filepath.Join(path, lockFile)); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// writeArchive writes the archive beside its place, which it takes when it is whole.
func (p *Packs) writeArchive(ctx context.Context, name, path string) (err error) {
	work, err := makeWorkDirectory(filepath.Dir(path), outPattern)
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { err = errors.Join(err, work.remove()) }()
	whole := filepath.Join(work.path, "pack.zip")
	if err := create(whole, func(w io.Writer) error { return p.WriteZip(ctx, name, w) }); err != nil {
		return err
	}
	if err := os.Link(whole, path); err != nil { // unlike a rename it replaces nothing that has come there meanwhile
		return unwritable(path, err)
	}
	return nil
}

// Vacant reports whether a pack can be written to a path: nothing is there, and its directory is. Else it is a *model.UserError.
func Vacant(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &model.UserError{Parameter: "output", Value: path, Expected: "a directory or a .zip file that does not exist yet"}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return &model.UserError{Parameter: "output", Value: path, Expected: "a path in a directory that exists"}
	}
	return nil
}

func unwritable(path string, err error) error {
	return fmt.Errorf("%w (%w)", &model.UserError{Parameter: "output", Value: path, Expected: "a path that can be written to"}, err)
}

// create writes a new file, and removes it when it did not become whole.
func create(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(path))
	}
	return nil
}
