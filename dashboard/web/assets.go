package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"yangguang/dashboard/static"
)

// assets are the static files under names that hold their content's hash, so that a browser may keep them for ever.
type assets struct {
	addresses map[string]string // style.css → /static/style.0a1b2c3d4e5f.css
	files     map[string]asset  // style.0a1b2c3d4e5f.css → its content
}

type asset struct {
	contentType   string
	content, gzip []byte
}

// loadAssets reads and compresses every static file once.
func loadAssets() (assets, error) {
	a := assets{addresses: map[string]string{}, files: map[string]asset{}}
	err := fs.WalkDir(static.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		return a.add(name)
	})
	if err == nil && a.addresses["vendor/echarts.min.js"] == "" {
		err = errors.New("static/vendor/echarts.min.js was not there when the program was built: run make setup, then build again")
	}
	return a, err
}

func (a assets) add(name string) error {
	content, err := static.Files.ReadFile(name)
	if err != nil {
		return err
	}
	contentType, known := map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	}[path.Ext(name)]
	if !known {
		return fmt.Errorf("%s: a static file of an unknown kind", name)
	}
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := writer.Write(content); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	hash := sha256.Sum256(content)
	hashed := strings.TrimSuffix(name, path.Ext(name)) + "." + hex.EncodeToString(hash[:6]) + path.Ext(name)
	a.addresses[name] = "/static/" + hashed
	a.files[hashed] = asset{contentType, content, packed.Bytes()}
	return nil
}

// address is where a static file is to be had; a name that does not exist is a mistake in a template.
func (a assets) address(name string) (string, error) {
	address, found := a.addresses[name]
	if !found {
		return "", fmt.Errorf("no static file %q", name)
	}
	return address, nil
}

func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, found := a.files[r.PathValue("name")]
	if !found {
		http.NotFound(w, r)
		return
	}
	content := file.content
	header := w.Header()
	header.Set("Content-Type", file.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	if takesGzip(r) {
		header.Set("Content-Encoding", "gzip")
		content = file.gzip
	}
	header.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // the reader is gone: nothing is left to tell it
	}
}
