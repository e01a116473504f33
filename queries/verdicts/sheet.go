package verdicts

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/queries/model"
)

// What a filled-in sheet may call its columns and verdicts: keys, and the words of exports in either language.
var (
	sheetColumns = map[string][]string{
		"sample_id": {"sample_id", "抽查编号", "sample"}, "number": {"number", "抽查序号", "no.", "序号"}, "verdict": {"verdict", "抽查结论", "结论"}, "remark": {"remark", "说明", "备注"},
	}
	sheetVerdicts = map[string]string{"": "", "fault": "fault", "有问题": "fault", "clear": "clear", "无问题": "clear", "no fault": "clear", "没有问题": "clear"}
)

// ReadSheet reads the CSV of a sample that inspectors have filled in, in UTF-8 or GB 18030: its columns sample_id, number, verdict and remark, in any order among
// others. Rows without a verdict are left out. What is wrong is a *model.UserError that names the line.
func ReadSheet(content io.Reader, most int) ([]Entry, error) {
	text, err := io.ReadAll(content)
	if err != nil {
		return nil, fmt.Errorf("read the sheet: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text); err != nil {
			return nil, &model.UserError{Parameter: "sheet", Value: "", Expected: "a CSV in UTF-8 or GB 18030"}
		}
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, lineError(1, "", "a header with sample_id, number and verdict")
	}
	at := map[string]int{}
	for name, called := range sheetColumns {
		at[name] = slices.IndexFunc(header, func(cell string) bool { return slices.Contains(called, strings.ToLower(strings.TrimSpace(cell))) })
		if at[name] < 0 && name != "remark" {
			return nil, lineError(1, strings.Join(header, ","), "a header with "+name+" ("+strings.Join(called, ", ")+")")
		}
	}
	var entries []Entry
	given := map[Entry]int{}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, lineError(broken.Line, "", "a row of CSV: "+broken.Err.Error())
		}
		if err != nil {
			return nil, fmt.Errorf("read the sheet: %w", err)
		}
		line, _ := reader.FieldPos(0)
		cell := func(name string) string {
			if i := at[name]; i >= 0 && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		verdict, known := sheetVerdicts[strings.ToLower(cell("verdict"))]
		if !known {
			return nil, lineError(line, cell("verdict"), "有问题 / fault, 无问题 / clear, or nothing")
		}
		if verdict == "" && cell("remark") != "" {
			return nil, lineError(line, "", "有问题 / fault or 无问题 / clear, beside what is remarked")
		}
		if verdict == "" {
			continue
		}
		number, err := strconv.ParseUint(cell("number"), 10, 32)
		if err != nil || number == 0 {
			return nil, lineError(line, cell("number"), "the record's number in the sample, from 1")
		}
		entry := Entry{SampleID: cell("sample_id"), Number: number, Verdict: verdict, Remark: cell("remark")}
		if entry.SampleID == "" {
			return nil, lineError(line, "", "sample_id: the sample's number")
		}
		key := Entry{SampleID: entry.SampleID, Number: number}
		if first, twice := given[key]; twice {
			return nil, lineError(line, cell("number"), fmt.Sprintf("each record once; line %d has it already", first))
		}
		given[key] = line
		if entries = append(entries, entry); len(entries) > most {
			return nil, lineError(line, "", fmt.Sprintf("at most %d rows with a verdict", most))
		}
	}
}

func lineError(line int, value, expected string) error {
	return &model.UserError{Parameter: fmt.Sprintf("line %d", line), Value: value, Expected: expected}
}
