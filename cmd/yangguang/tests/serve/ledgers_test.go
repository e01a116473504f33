package serve

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yangguang/cmd/yangguang/programtest"
)

// TestServeNoticesLedgers puts a ledger into the folder of a program that serves, and a workbook of which the end comes later.
func TestServeNoticesLedgers(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	p.Append(t, "limits: {per_minute: 0}\n") // it asks without pause
	s := p.Serve(t)
	seen := func(id string) bool {
		return strings.Contains(s.Get(t, "/export/records.csv?lang=en"), id)
	}
	path := filepath.Join(p.Directory, "ledgers", "new.csv")
	row := "record_id,unit,item,title,period,published_on\nN1,T2,A1,title,2026Q1,2026-04-10\n"
	if err := os.WriteFile(path, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	programtest.WaitUntil(t, "the new ledger is read", func() bool { return seen("N1") })
	whole := bookOf(t, "N2")
	book := filepath.Join(p.Directory, "ledgers", "new.xlsx")
	if err := os.WriteFile(book, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	programtest.WaitUntil(t, "half a workbook is told", func() bool {
		return strings.Contains(s.Get(t, "/export/sources.csv?lang=en"), "new.xlsx: this workbook cannot be read: its end is missing")
	})
	if seen("N2") || !seen("N1") {
		t.Error("half a workbook was read, or what was there is gone")
	}
	if err := os.WriteFile(book, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	programtest.WaitUntil(t, "the whole workbook is read", func() bool { return seen("N2") })
	s.End()
}

// bookOf is a workbook with one record.
func bookOf(t *testing.T, id string) []byte {
	t.Helper()
	book := excelize.NewFile()
	var content bytes.Buffer
	if err := errors.Join(
		book.SetSheetRow("Sheet1", "A1", &[]any{"record_id", "unit", "item", "title", "period", "published_on"}),
		book.SetSheetRow("Sheet1", "A2", &[]any{id, "T1", "A1", fmt.Sprint("title ", id), "2026Q1", "2026-04-11"}),
		book.Write(&content), book.Close(),
	); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}
