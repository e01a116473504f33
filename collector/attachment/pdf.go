package attachment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/klippa-app/go-pdfium"
	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfReader reads PDFs with PDFium, which knows the encodings of Chinese fonts. It runs as WebAssembly: in a memory of its own, which is bounded, without
// files or network, and can be stopped. It is started by the first PDF.
type pdfReader struct {
	lock sync.Mutex
	pool pdfium.Pool
}

const (
	pdfMemory  = 4096 // pages of 64 KiB: 256 MiB
	pdfsAtOnce = 2
)

func (r *pdfReader) start() (pdfium.Pool, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.pool != nil {
		return r.pool, nil
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal: pdfsAtOnce, MaxIdle: pdfsAtOnce, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(pdfMemory).WithCloseOnContextDone(true),
	})
	if err != nil {
		return nil, &internalError{fmt.Errorf("start the reading of PDFs: %w", err)}
	}
	r.pool = pool
	return pool, nil
}

func (r *pdfReader) close() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.pool == nil {
		return nil
	}
	pool := r.pool
	r.pool = nil
	if err := pool.Close(); err != nil {
		return fmt.Errorf("end the reading of PDFs: %w", err)
	}
	return nil
}

// text is the text of a PDF's pages; what takes longer than the context lets it is stopped.
func (r *pdfReader) text(ctx context.Context, body []byte, limits Limits) (text string, err error) {
	pool, err := r.start()
	if err != nil {
		return "", err
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", &internalError{fmt.Errorf("read a PDF: %w", err)}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		text, err = pdfText(instance, body, limits)
	}()
	select {
	case <-done:
		// An instance that a file has harmed is not used again.
		if closing := instance.Close(); closing != nil && err == nil {
			err = &internalError{fmt.Errorf("read a PDF: %w", closing)}
		}
	case <-ctx.Done():
		_ = instance.Kill() // what it was about is not wanted any more
		<-done
		err = ctx.Err()
	}
	return text, err
}

func pdfText(instance pdfium.Pdfium, body []byte, limits Limits) (_ string, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("open the PDF: %v", problem)
		}
	}()
	document, err := instance.OpenDocument(&requests.OpenDocument{File: &body})
	switch {
	case errors.Is(err, pdfium_errors.ErrPassword), errors.Is(err, pdfium_errors.ErrSecurity):
		return "", errEncrypted
	case err != nil:
		return "", fmt.Errorf("open the PDF: %w", err)
	}
	if !bytes.Contains(body[max(0, len(body)-64<<10):], []byte("%%EOF")) {
		return "", errors.New("open the PDF: it is cut off")
	}
	pages, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document.Document})
	if err != nil {
		return "", fmt.Errorf("count the pages: %w", err)
	}
	if pages.PageCount == 0 {
		return "", errors.New("open the PDF: it has no pages")
	}
	var text strings.Builder
	for page := range min(pages.PageCount, limits.Pages) {
		of, err := instance.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: document.Document, Index: page}}})
		if err != nil {
			return "", fmt.Errorf("read page %d: %w", page+1, err)
		}
		text.WriteString(of.Text + "\n")
		if text.Len() > limits.Text {
			break
		}
	}
	return text.String(), nil
}
