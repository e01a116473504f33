// Command oci writes a container image of layers, without a daemon or a network: a tar of the OCI image layout, which podman load, skopeo copy oci-archive: and
// docker load (25 or later) read.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	out := flag.String("o", "", "file to write")
	architecture := flag.String("arch", "", "amd64 or arm64")
	version := flag.String("version", "", "of the program")
	made := flag.Int64("made", 0, "when it was made, in seconds since 1970")
	flag.Parse()
	if err := write(*out, *architecture, *version, time.Unix(*made, 0).UTC(), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "oci:", err)
		os.Exit(1)
	}
}

// descriptor names a blob of the image.
type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int64             `json:"size"`
	Annotations map[string]string `json:"annotations,omitempty"`

	file string
}

func (d descriptor) path() string { return "blobs/sha256/" + d.Digest[len("sha256:"):] }

// write writes an image of layers, tars from the lowest up, to a file.
func write(out, architecture, version string, made time.Time, layers []string) (err error) {
	work, err := os.MkdirTemp(filepath.Dir(out), ".oci-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	var blobs, packed []descriptor
	var contents []string
	for i, layer := range layers {
		blob, content, err := compressed(layer, filepath.Join(work, fmt.Sprint(i)))
		if err != nil {
			return fmt.Errorf("layer %s: %w", layer, err)
		}
		packed, contents = append(packed, blob), append(contents, content)
	}
	add := func(kind string, value any) (descriptor, error) {
		text, err := json.Marshal(value)
		if err != nil {
			return descriptor{}, err
		}
		digest := fmt.Sprintf("sha256:%x", sha256.Sum256(text))
		blob := descriptor{MediaType: kind, Digest: digest, Size: int64(len(text)), file: filepath.Join(work, digest)}
		return blob, os.WriteFile(blob.file, text, 0o600)
	}
	config, err := add("application/vnd.oci.image.config.v1+json", map[string]any{
		"architecture": architecture, "os": "linux", "created": made,
		"config": map[string]any{
			"User": "10001:10001", "WorkingDir": "/var/lib/yangguang", "ExposedPorts": map[string]any{"8080/tcp": map[string]any{}}, "StopSignal": "SIGTERM",
			"Volumes": map[string]any{"/var/lib/yangguang": map[string]any{}}, "Env": []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/var/lib/yangguang"},
			"Entrypoint": []string{"/usr/lib/yangguang/yangguang"},
			"Cmd":        []string{"serve", "--config", "/etc/yangguang/yangguang.yaml", "--listen", "0.0.0.0:8080", "--guarded"},
			"Labels":     map[string]string{"org.opencontainers.image.title": "yangguang", "org.opencontainers.image.version": version, "org.opencontainers.image.licenses": "Apache-2.0"},
		},
		"rootfs": map[string]any{"type": "layers", "diff_ids": contents},
	})
	if err != nil {
		return err
	}
	manifest, err := add("application/vnd.oci.image.manifest.v1+json", map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": packed,
	})
	if err != nil {
		return err
	}
	blobs = append(append(packed, config), manifest)
	manifest.Annotations = map[string]string{"org.opencontainers.image.ref.name": "yangguang:" + version}
	index, err := json.Marshal(map[string]any{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []descriptor{manifest}})
	if err != nil {
		return err
	}
	return archive(out, made, blobs, map[string][]byte{"index.json": index, "oci-layout": []byte(`{"imageLayoutVersion":"1.0.0"}`)})
}

// compressed compresses a layer and returns the digest of what it held.
func compressed(layer, to string) (blob descriptor, content string, err error) {
	from, err := os.Open(layer)
	if err != nil {
		return blob, "", err
	}
	defer from.Close()
	file, err := os.Create(to)
	if err != nil {
		return blob, "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	outside, inside := sha256.New(), sha256.New()
	packing, err := gzip.NewWriterLevel(io.MultiWriter(file, outside), gzip.BestSpeed)
	if err != nil {
		return blob, "", err
	}
	if _, err := io.Copy(io.MultiWriter(packing, inside), from); err != nil {
		return blob, "", err
	}
	if err := packing.Close(); err != nil {
		return blob, "", err
	}
	size, err := file.Seek(0, io.SeekCurrent)
	return descriptor{
		MediaType: "application/vnd.oci.image.layer.v1.tar+gzip", Digest: fmt.Sprintf("sha256:%x", outside.Sum(nil)), Size: size, file: to,
	}, fmt.Sprintf("sha256:%x", inside.Sum(nil)), err
}

// archive writes the image's files, which are read from blobs' files or are given.
func archive(out string, made time.Time, blobs []descriptor, given map[string][]byte) (err error) {
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	packing := tar.NewWriter(file)
	put := func(name string, size int64, content io.Reader) error {
		if err := packing.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: size, ModTime: made}); err != nil {
			return err
		}
		_, err := io.Copy(packing, content)
		return err
	}
	for _, name := range []string{"oci-layout", "index.json"} {
		if err := put(name, int64(len(given[name])), bytes.NewReader(given[name])); err != nil {
			return err
		}
	}
	written := map[string]bool{} // two layers may be the same
	for _, blob := range blobs {
		if written[blob.path()] {
			continue
		}
		written[blob.path()] = true
		content, err := os.Open(blob.file)
		if err != nil {
			return err
		}
		err = put(blob.path(), blob.Size, content)
		if err = errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return packing.Close()
}
