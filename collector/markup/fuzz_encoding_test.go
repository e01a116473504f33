package markup

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// FuzzDecode: whatever comes is text; what was written in GB18030 or UTF-8 reads as it was written.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("阳光党务"), "text/html; charset=gbk")
	f.Add([]byte("<meta charset=big5>\xa4\xa4"), "text/html")
	f.Add([]byte("\xff\xfeu\x00\xd8"), ";;")
	f.Add([]byte(`<META content="text/html; charset=hz-gb-2312">~{VPND~}~`), "")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		text, err := Decode(body, header, "")
		if err == nil && !utf8.ValidString(text) {
			t.Errorf("%q is no text", text)
		}
		if !utf8.Valid(body) {
			return
		}
		written := string(body)
		if got, err := Decode(body, "text/html", "utf-8"); err != nil || strings.TrimPrefix(written, "\ufeff") != strings.TrimPrefix(got, "\ufeff") {
			t.Errorf("UTF-8: %q, %v", got, err)
		}
		encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(body)
		if again, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(encoded); err != nil || string(again) != written {
			return // has what GB18030 does not have
		}
		if got, err := Decode(encoded, "", "gb18030"); err != nil || got != written {
			t.Errorf("GB18030: %q, %v", got, err)
		}
		if got, err := Decode(encoded, "text/html; charset=GBK", ""); !utf8.Valid(encoded) && !hasMark(encoded) && (err != nil || got != written) {
			t.Errorf("GBK by the header: %q, %v", got, err)
		}
	})
}

func hasMark(body []byte) bool {
	return strings.HasPrefix(string(body), "\xff\xfe") || strings.HasPrefix(string(body), "\xfe\xff") || strings.HasPrefix(string(body), "\xef\xbb\xbf")
}
