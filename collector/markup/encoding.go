// Package markup reads what a server answered: its encoding, HTML and the XML with pieces of HTML in it, JSON, and the values that scripts begin with.
package markup

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Decode makes text of an answer. The encoding is the configured one, else that of a byte order mark, the header, or the
// page's <meta>; what was declared but cannot be, and what was not declared, is UTF-8 if it can be and GB18030 otherwise.
func Decode(body []byte, contentType, configured string) (string, error) {
	if configured != "" {
		known, name := charset.Lookup(configured)
		if known == nil {
			return "", fmt.Errorf("encoding: %q is unknown; write utf-8, gb18030 or big5", configured)
		}
		return decodeAs(body, known, name)
	}
	for _, mark := range []struct {
		bytes string
		as    encoding.Encoding
	}{
		{"\xef\xbb\xbf", unicode.UTF8}, {"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)}, {"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)},
	} {
		if bytes.HasPrefix(body, []byte(mark.bytes)) {
			if mark.as == unicode.UTF8 {
				body = body[len(mark.bytes):]
			}
			return decodeAs(body, mark.as, "marked")
		}
	}
	for _, declared := range []string{headerEncoding(contentType), metaEncoding(body)} {
		known, name := charset.Lookup(declared)
		switch {
		case known == nil, name == "windows-1252": // servers that do not know say ISO-8859-1
		case name == "utf-8" && !utf8.Valid(body): // a copied header over a page of another time
		case strings.HasPrefix(name, "gb") && utf8.Valid(body) && !isASCII(body): // text of both is UTF-8: by chance it is not
		default:
			return decodeAs(body, known, name)
		}
	}
	if utf8.Valid(body) {
		return string(body), nil
	}
	if text, err := decodeAs(body, simplifiedchinese.GB18030, "gb18030"); err == nil && strings.Count(text, "\ufffd") <= len(text)/100 {
		return text, nil
	}
	return strings.ToValidUTF8(string(body), "\ufffd"), nil
}

func decodeAs(body []byte, known encoding.Encoding, name string) (string, error) {
	if name == "gbk" || name == "gb2312" || name == "hz-gb-2312" && !bytes.Contains(body, []byte("~{")) {
		known = simplifiedchinese.GB18030 // pages of GBK hold characters that only GB18030 has
	}
	text, err := known.NewDecoder().Bytes(body)
	if err != nil {
		return "", fmt.Errorf("read the page as %s: %w", name, err)
	}
	return strings.ToValidUTF8(string(text), "\ufffd"), nil
}

func headerEncoding(contentType string) string {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return parameters["charset"]
}

// MetaWithin is how far, in bytes, a page is searched for what its <meta> says.
const MetaWithin = 8192

// metaEncoding finds what <meta charset="…"> or <meta content="…; charset=…"> says.
func metaEncoding(body []byte) string {
	head := bytes.ToLower(body[:min(MetaWithin, len(body))])
	for {
		_, rest, found := bytes.Cut(head, []byte("<meta"))
		if !found {
			return ""
		}
		tag, after, _ := bytes.Cut(rest, []byte(">"))
		if _, value, found := bytes.Cut(tag, []byte("charset")); found {
			value = bytes.TrimLeft(value, " =\"'\t")
			if end := bytes.IndexAny(value, " \"';/\t"); end >= 0 {
				value = value[:end]
			}
			if len(value) > 0 {
				return string(value)
			}
		}
		head = after
	}
}

func isASCII(body []byte) bool {
	for _, b := range body {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
