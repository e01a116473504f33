package main

import (
	"io"

	"yangguang/dashboard/language"
)

// streams are where a command writes: its answer and what goes wrong or on; and in whose words.
type streams struct {
	out, problems io.Writer
	words         language.Printer
}
