package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestImage takes an image apart by its own words: the index leads to the manifest, the manifest to configuration and layers, each under its digest.
func TestImage(t *testing.T) {
	directory := t.TempDir()
	layers := []string{filepath.Join(directory, "base.tar"), filepath.Join(directory, "program.tar")}
	for i, layer := range layers {
		if err := os.WriteFile(layer, bytes.Repeat([]byte{byte(i)}, 1024), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(directory, "image.tar")
	if err := write(out, "amd64", "1.2", time.Unix(1_800_000_000, 0).UTC(), layers); err != nil {
		t.Fatal(err)
	}
	files := unpack(t, out)
	var index, manifest struct {
		Manifests []descriptor
		Config    descriptor
		Layers    []descriptor
	}
	parse(t, files["index.json"], &index)
	parse(t, files[index.Manifests[0].path()], &manifest)
	var config struct {
		Architecture string
		Config       struct{ User string }
		Rootfs       struct {
			DiffIDs []string `json:"diff_ids"`
		}
	}
	parse(t, files[manifest.Config.path()], &config)
	if config.Architecture != "amd64" || config.Config.User != "10001:10001" || len(manifest.Layers) != len(layers) {
		t.Errorf("configuration %+v, layers %v", config, manifest.Layers)
	}
	for i, layer := range manifest.Layers {
		reader, err := gzip.NewReader(bytes.NewReader(files[layer.path()]))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if want := bytes.Repeat([]byte{byte(i)}, 1024); !bytes.Equal(content, want) || config.Rootfs.DiffIDs[i] != fmt.Sprintf("sha256:%x", sha256.Sum256(want)) {
			t.Errorf("layer %d: %d bytes, %v", i, len(content), config.Rootfs.DiffIDs)
		}
	}
	for name, content := range files {
		if filepath.Dir(name) == "blobs/sha256" && filepath.Base(name) != fmt.Sprintf("%x", sha256.Sum256(content)) {
			t.Errorf("%s is not what it is called by", name)
		}
	}
	left, err := filepath.Glob(filepath.Join(directory, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{layers[0], out, layers[1]}, left); diff != "" {
		t.Errorf("left behind:\n%s", diff)
	}
	if err := write(out, "amd64", "1.2", time.Time{}, []string{filepath.Join(directory, "none.tar")}); err == nil {
		t.Error("an image of a layer that is not there")
	}
}

func unpack(t *testing.T, name string) map[string][]byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	files := map[string][]byte{}
	for reader := tar.NewReader(file); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[header.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
	}
}

func parse(t *testing.T, text []byte, value any) {
	t.Helper()
	if err := json.Unmarshal(text, value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}
