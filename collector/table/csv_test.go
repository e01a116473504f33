package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func sampleHeader() Header {
	return Header{Columns: []Column{
		{Key: "unit", Names: []string{"单位"}, Required: true},
		{Key: "item", Names: []string{"事项"}, Required: true},
		{Key: "title", Names: []string{"标题"}},
	}}
}

// readAll writes each row as place: unit|item|title, problems behind it.
func readAll(r io.Reader) ([]string, error) {
	var rows []string
	err := Read(context.Background(), r, sampleHeader(), func(row Row) error {
		text := fmt.Sprintf("%s: %s|%s|%s", row.Place(), row.Get("unit"), row.At(1), row.Get("title"))
		if row.Problem != "" {
			text += " !" + row.Problem
		}
		rows = append(rows, text)
		return nil
	})
	return rows, err
}

func encoded(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadCSV(t *testing.T) {
	const plain = "单位,事项,标题\n孟庙镇,党费,甲\n商桥镇,发展,乙\n"
	want := []string{"2: 孟庙镇|党费|甲", "3: 商桥镇|发展|乙"}
	tests := []struct {
		name, text string
		want       []string
		err        string
	}{
		{"UTF-8", plain, want, ""},
		{"UTF-8 with BOM", "\uFEFF" + plain, want, ""},
		{"GB18030", encoded(t, simplifiedchinese.GB18030, plain), want, ""},
		{"GB18030 beyond GBK", encoded(t, simplifiedchinese.GB18030, "单位,事项\n白䌷村,党费\n"), []string{"2: 白䌷村|党费|"}, ""},
		{"UTF-16 little endian", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), plain), want, ""},
		{"UTF-16 big endian", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), plain), want, ""},
		{"semicolons", strings.ReplaceAll(plain, ",", ";"), want, ""},
		{"tabs", strings.ReplaceAll(plain, ",", "\t"), want, ""},
		{"CRLF", strings.ReplaceAll(plain, "\n", "\r\n"), want, ""},
		{"no line break at the end", strings.TrimSuffix(plain, "\n"), want, ""},
		{"English header", "Unit , ITEM,title\n孟庙镇,党费,甲\n", want[:1], ""},
		{"full-width header", "单　位,事 项,标题\n孟庙镇,党费,甲\n", want[:1], ""},
		{"title rows above", "阳光党务公开台账,,\n填报：区委办,,\n单位,事项,标题\n孟庙镇,党费,甲\n", []string{"4: 孟庙镇|党费|甲"}, ""},
		{"header of two rows", "单位,事项,程序\n单位,事项,标题\n孟庙镇,党费,甲\n", []string{"3: 孟庙镇|党费|甲"}, ""},
		{"columns in another order", "标题,备注,事项,单位\n甲,x,党费,孟庙镇\n", want[:1], ""},
		{"quoted cells", "单位,事项,标题\n孟庙镇,\"党费,收缴\",\"第\"\"1\"\"号\n公示\"\n商桥镇,发展,乙\n", []string{"2: 孟庙镇|党费,收缴|第\"1\"号\n公示", "4: 商桥镇|发展|乙"}, ""},
		{"empty rows", "单位,事项,标题\n\n,,\n  , ,\n孟庙镇,党费,甲\n", []string{"5: 孟庙镇|党费|甲"}, ""},
		{"short row", "单位,事项,标题\n孟庙镇\n", []string{"2: 孟庙镇||"}, ""},
		{"separators at the end of every row", "单位,事项,标题,,\n孟庙镇,党费,甲,,\n", want[:1], ""},
		{
			"empty cells too many", "单位,事项,标题\n孟庙镇,党费,甲,,\n",
			[]string{"2: 孟庙镇|党费|甲 !the row has 5 cells, the header 3: 2 cells too many; quote a cell that contains the separator, or delete the separators at the end"},
			"",
		},
		{
			"cells too many", "单位,事项,标题\n孟庙镇,党费,甲,乙\n",
			[]string{`2: 孟庙镇|党费|甲 !the row has 4 cells, the header only 3: cell D has "乙"; quote cells that contain the separator`},
			"",
		},
		{
			"text behind a quote", "单位,事项,标题\n\"孟庙\"镇,党费,甲\n",
			[]string{`2: 孟庙镇|党费|甲 !there is text behind the closing quote of a cell: "镇"; double a quote that belongs to the text`},
			"",
		},
		{"quote inside a plain cell", "单位,事项,标题\n孟庙镇,党费,第\"1\"号\n", []string{`2: 孟庙镇|党费|第"1"号`}, ""},
		{"header only", "单位,事项,标题\n", nil, ""},
		{"empty file", "", nil, "this is an empty file"},
		{"no header", "a,b\n1,2\n", nil, "no header row"},
		{"required column missing", "说明\n单位,标题\n孟庙镇,甲\n", nil, "line 2: the header lacks item (事项)"},
		{"column twice", "单位,unit,事项\n", nil, `line 1: the column unit is there twice: "单位" and "unit"`},
		{"quote never closed", "单位,事项,标题\n孟庙镇,党费,\"甲\n商桥镇,发展,乙\n", nil, "line 2: a quoted cell in the row that starts here is never closed"},
		{"UTF-8 damaged at once", "单位,事项,标题\n孟庙镇,党费收缴情况公示\xff\n", nil, "line 2: the text is not UTF-8 here"},
		{"old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", nil, "save it as .xlsx without a password"},
		{"damaged workbook", "PK\x03\x04....", nil, "this workbook cannot be read"},
	}
	for _, test := range tests {
		for form, reader := range map[string]io.Reader{"whole": strings.NewReader(test.text), "byte by byte": iotest.OneByteReader(strings.NewReader(test.text))} {
			t.Run(test.name+"/"+form, func(t *testing.T) {
				got, err := readAll(reader)
				var mistake *Error
				if test.err != "" && (!errors.As(err, &mistake) || !strings.Contains(err.Error(), test.err)) || test.err == "" && err != nil {
					t.Fatalf("error %v, want %q", err, test.err)
				}
				if diff := cmp.Diff(test.want, got); test.err == "" && diff != "" {
					t.Errorf("rows (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestRowsAboveAnOpenQuoteAreRead(t *testing.T) {
	got, err := readAll(strings.NewReader("单位,事项,标题\n孟庙镇,党费,甲\n孟庙镇,党费,\"乙\n商桥镇,发展,丙\n"))
	if err == nil || !strings.Contains(err.Error(), "line 3: a quoted cell") || len(got) != 1 {
		t.Errorf("%q, %v", got, err)
	}
}

func TestEncodingIsSettledFarDown(t *testing.T) {
	var ascii strings.Builder
	ascii.WriteString("unit,item,title\n")
	const rows = 40_000
	for i := range rows {
		fmt.Fprintf(&ascii, "U%05d,G1,title of this row\n", i)
	}
	tests := []struct{ name, tail, want, err string }{
		{"GB18030 below ASCII", encoded(t, simplifiedchinese.GB18030, "孟庙镇,党费,甲\n"), "40002: 孟庙镇|党费|甲", ""},
		{"UTF-8 below ASCII", "孟庙镇,党费,甲\n", "40002: 孟庙镇|党费|甲", ""},
		{"UTF-8, then GB18030", "孟庙镇,党费,甲\n" + strings.Repeat("a,b,c\n", 50_000) + encoded(t, simplifiedchinese.GB18030, "孟庙镇,党费,甲\n"), "", "line 90003: the text is not UTF-8 here"},
		{"GB18030, then UTF-8", encoded(t, simplifiedchinese.GB18030, "孟庙镇,党费,甲\n") + strings.Repeat("a,b,c\n", 50_000) + "䌷\xff\xff\n", "", "line 90003: the text is not GB18030"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := readAll(strings.NewReader(ascii.String() + test.tail))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("error %v, want %q", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != rows+1 || got[rows] != test.want {
				t.Errorf("%d rows, the last %q; want %d, %q", len(got), got[len(got)-1], rows+1, test.want)
			}
		})
	}
}

func TestRowsOutliveTheirBlock(t *testing.T) {
	var text strings.Builder
	text.WriteString("单位,事项,标题\n")
	for i := range 30_000 {
		fmt.Fprintf(&text, "单位%d,事项%d,\"标题\n%d\"\n", i, i, i)
	}
	var rows []Row
	if err := Read(t.Context(), strings.NewReader(text.String()), sampleHeader(), func(row Row) error {
		rows = append(rows, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		want := fmt.Sprintf(`{"单位":"单位%d","事项":"事项%d","标题":"标题\n%d"}`, i, i, i)
		if row.JSON() != want || row.Line != 2*i+2 {
			t.Fatalf("line %d: %s, want line %d: %s", row.Line, row.JSON(), 2*i+2, want)
		}
	}
	if len(rows) != 30_000 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestRawKeepsUnknownColumns(t *testing.T) {
	var got string
	err := Read(t.Context(), strings.NewReader("单位,备注,事项,备注,\n孟庙镇,x,党费,y,z\n"), sampleHeader(), func(row Row) error {
		got = row.JSON() + " " + row.Get("备注 (2)")
		return nil
	})
	if want := `{"单位":"孟庙镇","备注":"x","事项":"党费","备注 (2)":"y","E":"z"} y`; err != nil || got != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

func TestReadStops(t *testing.T) {
	enough := errors.New("enough")
	err := Read(t.Context(), strings.NewReader("单位,事项\na,b\nc,d\n"), sampleHeader(), func(Row) error { return enough })
	if !errors.Is(err, enough) {
		t.Errorf("%v, want the callback's error", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	err = Read(cancelled, strings.NewReader("单位,事项\na,b\n"), sampleHeader(), func(Row) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	broken := errors.New("broken disk")
	_, err = readAll(io.MultiReader(strings.NewReader("单位,事项\na,b\n"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("%v, want the reader's error", err)
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"单位,事项\n甲,乙\n", "unit;item\n\"a\"\"b\";c\n", "unit\titem\r\n\"a\nb\"\tc", "unit,item\n\"", "\xff\xfeu\x00n\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole, wholeErr := readAll(strings.NewReader(text))
		parts, partsErr := readAll(iotest.OneByteReader(strings.NewReader(text)))
		if diff := cmp.Diff(whole, parts); diff != "" || (wholeErr == nil) != (partsErr == nil) {
			t.Fatalf("read whole and byte by byte differ: %v, %v\n%s", wholeErr, partsErr, diff)
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("记录编号,单位,上级单位,事项,标题,事件编号,所属期,发生日期,提出日期,审核日期,审批日期,公开日期,上传日期,撤下日期,公开范围,公开渠道,链接\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, "R%06d,孟庙镇,,党费收缴,\"党费收缴公开,第%d号\",,2026Q1,,2026-04-01,2026-04-02,2026-04-03,2026-04-04,,,society,board,http://127.0.0.1/%d\n", i, i, i)
	}
	for name, content := range map[string]string{"UTF-8": text.String(), "GB18030": encoded(b, simplifiedchinese.GB18030, text.String())} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				rows := 0
				if err := Read(b.Context(), strings.NewReader(content), sampleHeader(), func(row Row) error {
					if row.At(0) != "" {
						rows++
					}
					return nil
				}); err != nil || rows != 100_000 {
					b.Fatal(rows, err)
				}
			}
		})
	}
}
