package markup

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	const text, rare = "阳光党务公开", "㐂𠮷" // the second only in GB18030
	in := func(e encoding.Encoding, text string) string {
		encoded, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	for _, test := range []struct{ name, body, header, configured, want string }{
		{"header", in(simplifiedchinese.GBK, text), "text/html; charset=GBK", "", text},
		{"header says gb2312, the page has GB18030", in(simplifiedchinese.GB18030, text+rare), "text/html; charset=gb2312", "", text + rare},
		{"meta", `<meta charset="gb18030">` + in(simplifiedchinese.GB18030, text), "text/html", "", `<meta charset="gb18030">` + text},
		{"old meta", `<META http-equiv=Content-Type content="text/html; charset=big5">` + in(traditionalchinese.Big5, "陽光"), "", "", `<META http-equiv=Content-Type content="text/html; charset=big5">陽光`},
		{"sniffed", in(simplifiedchinese.GB18030, text), "text/html", "", text},
		{"the header lies: UTF-8", in(simplifiedchinese.GB18030, text), "text/html; charset=utf-8", "", text},
		{"the header lies: GBK", text, "text/html; charset=gbk", "", text},
		{"the header knows nothing", text, "text/html; charset=ISO-8859-1", "", text},
		{"the header is no header", text, ";;", "", text},
		{"UTF-8 with a mark", "\ufeff" + text, "text/html; charset=gbk", "", text},
		{"UTF-16", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), "", "", text},
		{"configured", in(simplifiedchinese.GBK, text), "text/html; charset=utf-16", "gbk", text},
		{"broken bytes", "a\xffb", "text/html; charset=utf-8", "", "a\ufffdb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Decode([]byte(test.body), test.header, test.configured)
			if err != nil || got != test.want {
				t.Errorf("decode = %q, %v, want %q", got, err, test.want)
			}
		})
	}
	if _, err := Decode(nil, "", "utf-99"); err == nil {
		t.Error("an unknown encoding is no error")
	}
}
