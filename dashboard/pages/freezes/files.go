package freezes

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// inPack lists what an address may name of a pack, by kind of content.
func inPack(file string) (contentType string, found bool) {
	for extension, kind := range map[string]string{
		".csv": "text/csv; charset=utf-8", ".json": "application/json; charset=utf-8", ".html": "text/html; charset=utf-8", ".zip": "application/zip",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		if strings.HasSuffix(file, extension) {
			return kind, true
		}
	}
	return "", false
}

var styleSheet = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// printPolicy lets the printable summary have its one style sheet, which stands at its beginning, by its hash, and nothing else.
func printPolicy(beginning []byte) string {
	style := "'none'"
	if sheet := styleSheet.FindSubmatch(beginning); sheet != nil {
		hash := sha256.Sum256(sheet[1])
		style = "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	}
	return "default-src 'none'; style-src " + style + "; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

// sendFile hands out a file of a pack, or all of it.
func sendFile(w http.ResponseWriter, a *page.Request) error {
	r := a.HTTP
	name, file := r.PathValue("name"), r.PathValue("file")
	kind, known := inPack(file)
	if !known {
		return &page.NotFoundError{Message: a.T("freezes.no_file")}
	}
	answer := &packAnswer{ResponseWriter: w, start: func(header http.Header, beginning []byte) {
		header.Set("Content-Type", kind)
		header.Set("Cache-Control", "no-cache")
		if strings.HasSuffix(file, ".html") {
			header.Set("Content-Security-Policy", printPolicy(beginning))
			return
		}
		download := name + " " + file
		if file == packArchive {
			download = name + ".zip"
		}
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, file, url.PathEscape(download)))
	}}
	var ctx context.Context
	ctx, answer.watch = export.NewWatch(r.Context(), a.Options.Timeout)
	defer answer.watch.Stop()
	var err error
	if file == packArchive {
		err = a.Options.Packs.WriteZip(ctx, name, answer)
	} else {
		err = a.Options.Packs.WriteFile(ctx, name, file, answer)
	}
	var user *model.UserError
	switch {
	case err != nil && answer.started:
		a.Options.Logger.WarnContext(r.Context(), "pack broke off", "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler) // so that nobody takes a cut file for a whole one
	case errors.As(err, &user):
		return &page.NotFoundError{Message: a.T("freezes.no_file")}
	}
	return err
}

// packAnswer sets the headers of success only when the first byte goes out.
type packAnswer struct {
	http.ResponseWriter
	start   func(header http.Header, beginning []byte)
	started bool
	watch   *export.Watch
}

func (p *packAnswer) Write(content []byte) (int, error) {
	if !p.started {
		p.started = true
		p.start(p.Header(), content)
	}
	written := 0
	err := p.watch.HandOver(func() (err error) {
		written, err = p.ResponseWriter.Write(content)
		return err
	})
	return written, err
}
