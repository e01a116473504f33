package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	totalWord = regexp.MustCompile(`^(?:本页|本表|全年|季度)?(?:合计|总计|小计|共计|累计|总数|汇总)`)
	// remarkWord begins what people write below a table: notes and who has filled it in.
	remarkWord = regexp.MustCompile(`^(?:(?:填表说明|填报说明|填写说明|说明|备注|注|附注|附|填表人|填报人|制表人|制表|审核人|审批人|负责人|单位负责人|分管领导|联系人|联系电话|填报单位|填表单位|填报时间|填报日期|填表日期|报送时间|报送日期|制表日期|经办人|注意事项|注意|提示|温馨提示)(?:[:0-9(、.]|$)|本表|此表|以上|以下空白|※)`)
)

// signatureWord is all that a cell has beside which somebody has signed. No value of a table is one.
var signatureWord = regexp.MustCompile(`^(?:填表人|填报人|制表人|制表|审核人|审批人|负责人|单位负责人|分管领导|联系人|经办人|填报单位|填表单位|填报时间|填报日期|填表日期|报送时间|报送日期|制表日期):$`)

// isRemark recognises totals, notes and signatures: rows that begin with a word for one and lack a required cell.
func (b *body) isRemark(line int, texts []string, last int) bool {
	lacking, first := false, ""
	for _, cell := range b.required {
		if cell >= last || blank(texts[cell]) {
			lacking = true
		}
	}
	if first = firstValue(texts[:min(last, len(texts))]); !lacking && !strings.ContainsAny(firstRune(first), "合总小共累本全") && !strings.ContainsAny(first, ":：") {
		return false
	}
	folded := FoldName(first[:min(len(first), longestName)])
	if signatureWord.MatchString(folded) {
		b.remarks.add(line, first)
		return true
	}
	total := totalWord.MatchString(folded)
	if !total && (!lacking || !remarkWord.MatchString(folded)) {
		return false
	}
	if total && !lacking && !b.totalStands(texts) {
		return false
	}
	b.remarks.add(line, first)
	return true
}

// totalStands reports whether a required cell is a word for a total and nothing else.
func (b *body) totalStands(texts []string) bool {
	return slices.ContainsFunc(b.required, func(cell int) bool {
		word := FoldName(textAt(texts, cell))
		return totalWord.FindString(word) == word && word != ""
	})
}

func firstRune(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

// report notes what of the table has not been handed on; covered is how many values merged cells do not show.
func (b *body) report(covered int) {
	b.reportColumns()
	tell := func(t tally, what string) {
		if t.count == 0 {
			return
		}
		if t.sample != "" {
			what += ", first " + shortened(t.sample)
		}
		b.header.note(Note{Sheet: b.layout.sheet, Line: t.line, What: what, Kind: Ignored, Count: t.count})
	}
	tell(b.repeated, "a header that comes again is not a row")
	tell(b.stray, "what stands beside the table is not read")
	tell(b.remarks, "totals, notes and signatures are not read")
	tell(b.foreign, "rows without a value in a column that is read are left out")
	if covered > 0 {
		b.header.note(Note{Sheet: b.layout.sheet, What: "values that merged cells hide are not read", Kind: Ignored, Count: uint64(covered)})
	}
}

// reportColumns notes the columns of the layout in use that have values and are not read.
func (b *body) reportColumns() {
	for _, extra := range b.extra {
		if extra.values == 0 {
			continue
		}
		name := b.layout.names[extra.cell]
		note := Note{Sheet: b.layout.sheet, Column: columnLetters(extra.cell), Kind: NotUnderstood, Count: 1}
		note.What = fmt.Sprintf("the column %q is not read (values in %d rows)", name, extra.values)
		absent := func(column int) bool { return b.layout.position[column] < 0 }
		nearest, similar := resembles(b.alike, name, absent)
		if group := strings.LastIndexByte(name, ' '); !similar && group >= 0 { // a header of two rows: 办理程序 above 提出
			nearest, similar = resembles(b.alike, name[group+1:], absent)
		}
		switch {
		case name == "":
			note.What = fmt.Sprintf("a column without a name is not read (values in %d rows)", extra.values)
		case slices.Contains(usual, plainName(FoldName(name))):
			note.Kind = Ignored
		case similar:
			note.Nearest = b.header.Columns[nearest].title()
			if b.layout.position[nearest] < 0 {
				note.Kind = Unread
			}
		}
		b.header.note(note)
	}
	b.extra = nil
}

// similar lists the cells of a row that name a column or seem to, each with the column.
func (h Header) similar(row []string) (count int, similar []string) {
	names := h.names()
	for _, cell := range row {
		if blank(cell) || len(cell) > longestName {
			continue
		}
		if _, ok := column(names, cell); ok {
			count++
		} else if nearest, ok := h.resembles(cell, func(int) bool { return false }); ok {
			count++
			similar = append(similar, fmt.Sprintf("%q (%s)", strings.TrimSpace(cell), h.Columns[nearest].title()))
		}
	}
	return count, similar[:min(len(similar), 6)]
}

// explanationName is what sheets are called that explain a table or belong to its form.
var explanationName = regexp.MustCompile(`说明|须知|指南|指引|字典|代码表|编码表|下拉|选项|参数|封面|首页|readme|help|instruction|notes?$`)

// noteSheet says what became of a visible sheet without a header: explanations are left out, a table is missed. further is how many rows
// below the first ones have three values or more.
func (h Header) noteSheet(sheet string, rows []candidate, further int) {
	wide, best, count := further, -1, 1
	names, listed := h.names(), 0
	for i, row := range rows {
		values := 0
		for _, text := range row.texts {
			if !blank(text) {
				values++
			}
		}
		if values >= 3 {
			wide++
		}
		if found, _ := h.similar(row.texts); found > count && i+1 < len(rows) {
			best, count = i, found
		}
		if _, ok := column(names, textAt(row.texts, 0)); ok {
			listed++
		}
	}
	switch {
	case len(rows) == 0:
	case explanationName.MatchString(FoldName(sheet)), best < 0 && (wide < 2 || listed > 2), best >= 0 && listed > 2 && listed >= count:
		h.note(Note{Sheet: sheet, What: "the sheet is taken for an explanation and not read", Kind: Ignored})
	case best < 0:
		h.note(Note{Sheet: sheet, Line: rows[0].line, What: "the sheet is not read: no row of it is a header", Nearest: "a header with " + strings.Join(h.required(), ", "), Kind: Unread})
	default:
		_, similar := h.similar(rows[best].texts)
		h.note(Note{
			Sheet: sheet, Line: rows[best].line, What: "the sheet is not read: its header lacks " + strings.Join(h.lacking(rows[best].texts), ", "),
			Nearest: strings.Join(similar, ", "), Kind: Unread,
		})
	}
}

func (h Header) lacking(row []string) []string {
	_, missing := h.recognised(h.names(), row)
	return missing
}

// shortened is the beginning of a text.
func shortened(text string) string {
	const most = 60
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}

// Days that a serial without a date format is taken for: 1970 to 2099.
const firstSerial, endSerial = 25569, 73051

// dateOfSerial is the day of an Excel serial that stands in a column of dates without a date format.
func dateOfSerial(text string, from1904 bool) (string, bool) {
	serial, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", false
	}
	if from1904 {
		serial += 1462
	}
	if serial < firstSerial || serial >= endSerial {
		return "", false
	}
	return serialText(serial, false)
}
