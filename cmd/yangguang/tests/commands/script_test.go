package commands

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/cmd/yangguang/programtest"
)

// TestScripts types commands as a user does; each script starts in a copy of testdata/district, with an engine of its own.
func TestScripts(t *testing.T) {
	library := programtest.EngineLibrary(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(environment *testscript.Env) error {
			environment.Setenv("YANGGUANG_ENGINE_LIBRARY", library)
			return os.CopyFS(environment.WorkDir, os.DirFS("../../testdata/district"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"gb18030": convertToGB18030, "workbook": writeWorkbook, "cells": printCells, "status": expectStatus,
		},
	})
}

// expectStatus is `status N COMMAND …`: the command must end with this exit status; its output is for stdout and stderr.
func expectStatus(script *testscript.TestScript, _ bool, arguments []string) {
	err := script.Exec(arguments[1], arguments[2:]...)
	got := "0"
	if err != nil {
		got = err.Error()
	}
	want := "0"
	if arguments[0] != "0" {
		want = "exit status " + arguments[0]
	}
	if got != want {
		script.Fatalf("%v ended with %q, want %q", arguments[1:], got, want)
	}
}

// convertToGB18030 is `gb18030 FILE`: the file in the encoding that Chinese Excel writes.
func convertToGB18030(script *testscript.TestScript, _ bool, arguments []string) {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(script.ReadFile(arguments[0]))
	script.Check(err)
	script.Check(os.WriteFile(script.MkAbs(arguments[0]), []byte(encoded), 0o600))
}

// writeWorkbook is `workbook FILE`: a ledger with a title row and a date cell.
func writeWorkbook(script *testscript.TestScript, _ bool, arguments []string) {
	path := script.MkAbs(arguments[0])
	script.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	book := excelize.NewFile()
	for row, values := range [][]any{
		{"阳光区公开台账"},
		{"记录编号", "单位", "事项", "所属期", "公开日期", "公开范围", "公开渠道"},
		{"X1", "西镇", "季度党费", "2026年一季度", 46127, "社会公开", "公开栏"}, // 2026-04-15
	} {
		script.Check(book.SetSheetRow("Sheet1", []string{"A1", "A2", "A3"}[row], &values))
	}
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	script.Check(err)
	script.Check(book.SetCellStyle("Sheet1", "E3", "E3", style))
	script.Check(book.SaveAs(path))
}

// printCells is `cells FILE`: the first sheet of a workbook on the standard output, cells separated by commas.
func printCells(script *testscript.TestScript, _ bool, arguments []string) {
	book, err := excelize.OpenFile(script.MkAbs(arguments[0]))
	script.Check(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	script.Check(err)
	for _, row := range rows {
		for _, cell := range row {
			_, err := io.WriteString(script.Stdout(), cell+",")
			script.Check(err)
		}
		_, err := io.WriteString(script.Stdout(), "\n")
		script.Check(err)
	}
}
