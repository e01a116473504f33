package pack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"yangguang/queries/freeze"
)

// Verification is what became of a pack: every file with what differs from what was frozen.
type Verification struct {
	Manifest Manifest
	Files    []Verified
}

// Verified is one file; the manifest stands for what the pack rests on.
type Verified struct {
	File        string
	Rows        int      // of a CSV
	Differences []string // none: equal
	Form        bool     // every value is equal, but not every byte: another version of the program may write it differently
}

// Equal reports whether nothing differs.
func (v Verification) Equal() bool {
	return !slices.ContainsFunc(v.Files, func(file Verified) bool { return len(file.Differences) > 0 })
}

// Verify computes a pack again from what was known when it was frozen and compares it with what was kept, file by file and row by row. copied is a
// directory or archive that was handed out, to be compared as well; empty for none. An unknown pack is a *model.UserError.
func (p *Packs) Verify(ctx context.Context, name, copied string) (v Verification, err error) {
	stored, manifest, err := p.named(ctx, name)
	if err != nil {
		return v, err
	}
	order, err := manifest.Asked.order(name)
	if err != nil {
		return v, err
	}
	if !p.busy.TryLock() {
		return v, ErrBusy
	}
	defer p.busy.Unlock()
	directory, err := os.MkdirTemp("", "yangguang-verify-*")
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
	frozen, again := filepath.Join(directory, "frozen"), filepath.Join(directory, "again")
	if err := errors.Join(os.Mkdir(frozen, 0o700), os.Mkdir(again, 0o700)); err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	now, err := p.build(ctx, again, stored, order)
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	v.Manifest = manifest
	v.Files = append(v.Files, Verified{File: ManifestFile, Differences: manifest.rests(now)})
	for _, file := range manifest.Files {
		checked, err := p.verifyFile(ctx, stored, file, now, frozen, again)
		if err != nil {
			return v, fmt.Errorf("verify %s: %s: %w", name, file.Name, err)
		}
		v.Files = append(v.Files, checked)
	}
	for _, file := range now.Files {
		if manifest.file(file.Name) == nil {
			v.Files = append(v.Files, Verified{File: file.Name, Differences: []string{"not in the pack that was frozen"}})
		}
	}
	if copied == "" {
		return v, nil
	}
	differences, err := compareCopy(copied, manifest, []byte(stored.Manifest))
	v.Files = append(v.Files, Verified{File: copied, Differences: differences})
	return v, err
}

// verifyFile compares what was kept of a file with its hash, and with what is computed now.
func (p *Packs) verifyFile(ctx context.Context, stored freeze.Freeze, file File, now Manifest, frozen, again string) (Verified, error) {
	checked := Verified{File: file.Name, Rows: file.Rows}
	path := filepath.Join(frozen, file.Name)
	kept, err := os.Create(path)
	if err != nil {
		return checked, err
	}
	if err := errors.Join(freeze.ReadFile(ctx, p.store.Store, stored, file.Name, kept), kept.Close()); err != nil {
		return checked, err
	}
	hash, err := hashOf(path)
	if err != nil {
		return checked, err
	}
	if hash != file.SHA256 {
		checked.Differences = append(checked.Differences, fmt.Sprintf("what is kept of it was altered: its SHA-256 was %s, now %s", file.SHA256, hash))
	}
	computed := now.file(file.Name)
	switch {
	case computed == nil:
		checked.Differences = append(checked.Differences, "frozen, but no longer part of such a pack")
	case computed.SHA256 != hash:
		differences, err := compareFiles(path, filepath.Join(again, file.Name), file.Report)
		checked.Differences, checked.Form = append(checked.Differences, differences...), len(differences) == 0
		return checked, err
	}
	return checked, nil
}

// file finds a file of a pack; nil when it has none of that name.
func (m Manifest) file(name string) *File {
	for i := range m.Files {
		if m.Files[i].Name == name {
			return &m.Files[i]
		}
	}
	return nil
}

// rests says what a pack rests on that is not the same any more.
func (m Manifest) rests(now Manifest) (differences []string) {
	differ := func(what string, frozen, now any) {
		if fmt.Sprint(frozen) != fmt.Sprint(now) {
			differences = append(differences, fmt.Sprintf("%s: frozen %v, now %v", what, frozen, now))
		}
	}
	differ("registry", m.Registry, now.Registry)
	differ("assessment", m.Assessment, now.Assessment)
	differ("timezone", m.Timezone, now.Timezone)
	differ("since", m.Since, now.Since)
	differ("backdating_tolerance_days", m.Tolerance, now.Tolerance)
	sources := map[string]sourceInput{}
	for _, source := range now.Sources {
		sources[source.Source] = source
	}
	for _, source := range m.Sources {
		found, there := sources[source.Source]
		delete(sources, source.Source)
		if !there {
			differences = append(differences, fmt.Sprintf("source %s: nothing is left of it", source.Source))
			continue
		}
		differ("source "+source.Source+", collections", source.Collections, found.Collections)
		differ("source "+source.Source+", last collection", source.LastCollection, found.LastCollection)
		differ("source "+source.Source+", records in force", source.Records, found.Records)
		differ("source "+source.Source+", SHA-256 of the records in force", source.SHA256, found.SHA256)
	}
	for name := range sources {
		differences = append(differences, fmt.Sprintf("source %s: not there when frozen", name))
	}
	slices.Sort(differences)
	return differences
}
