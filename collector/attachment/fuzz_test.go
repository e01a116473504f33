package attachment_test

import (
	"testing"
	"unicode/utf8"

	"yangguang/collector/attachment"
	"yangguang/collector/attachment/attachmenttest"
)

// fuzzRead reads whatever it is given without an internal fault: text is UTF-8 and within the limit, and there is none beside a fault.
func fuzzRead(f *testing.F, name string, seeds ...[]byte) {
	limits := attachment.DefaultLimits()
	limits.Unpacked, limits.Text = 1<<20, 1<<16
	reader := attachment.NewReader(limits)
	f.Cleanup(func() {
		if err := reader.Close(); err != nil {
			f.Error(err)
		}
	})
	for _, seed := range seeds {
		f.Add(seed)
	}
	// What reads PDFs takes seconds to start, which no input is to blame for.
	if _, err := reader.Read(f.Context(), attachment.File{Name: name, Body: seeds[0], Whole: true}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := reader.Read(t.Context(), attachment.File{Name: name, Body: body, Whole: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Text) > limits.Text || !utf8.ValidString(got.Text) || got.Text != "" && got.Fault != "" {
			t.Errorf("%+v", got)
		}
	})
}

func FuzzPDF(f *testing.F) {
	fuzzRead(f, "/a.pdf", attachmenttest.PDF("党费"), attachmenttest.PDF(""), attachmenttest.EncryptedPDF())
}

func FuzzDOCX(f *testing.F) {
	fuzzRead(f, "/a.docx", attachmenttest.DOCX(f, "党费"), attachmenttest.Old("EncryptedPackage"))
}

func FuzzXLSX(f *testing.F) {
	fuzzRead(f, "/a.xlsx", attachmenttest.XLSX(f, []any{"党费", 13812345678, 1.5}), attachmenttest.Old("Workbook"))
}

func FuzzPage(f *testing.F) {
	fuzzRead(f, "/a.html", []byte(`<html><body><div id="zoom"><p>党费<a href="a.pdf">x</a></p></div></body></html>`), []byte("<table><tr><td>"))
}
