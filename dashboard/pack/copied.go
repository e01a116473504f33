package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"yangguang/queries/model"
)

// compareCopy says how a directory or archive that was handed out differs from what was frozen. One that cannot be read is a *model.UserError.
func compareCopy(copied string, manifest Manifest, encoded []byte) (differences []string, err error) {
	files, end, err := openCopy(copied)
	if err != nil {
		return nil, &model.UserError{Parameter: "copy", Value: copied, Expected: "a directory or .zip file of a meeting pack: " + err.Error()}
	}
	defer end()
	var names []string
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", copied, err)
	}
	for _, want := range manifest.Names() {
		at := slices.IndexFunc(names, func(name string) bool { return path.Base(name) == want })
		if at < 0 {
			differences = append(differences, want+": missing")
			continue
		}
		content, err := fs.ReadFile(files, names[at])
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", copied, err)
		}
		names = slices.Delete(names, at, at+1)
		if file := manifest.file(want); file == nil && !bytes.Equal(content, encoded) || file != nil && hashBytes(content) != file.SHA256 {
			differences = append(differences, want+": changed since it was handed out")
		}
	}
	for _, name := range names {
		differences = append(differences, name+": not part of the pack")
	}
	return differences, nil
}

func openCopy(copied string) (files fs.FS, end func(), err error) {
	info, err := os.Stat(copied)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(copied), func() {}, nil
	}
	if !strings.EqualFold(path.Ext(copied), ".zip") {
		return nil, nil, errors.New("it is neither")
	}
	archive, err := zip.OpenReader(copied)
	if err != nil {
		return nil, nil, err
	}
	return archive, func() { _ = archive.Close() }, nil // only read
}

func hashBytes(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}
