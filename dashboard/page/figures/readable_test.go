package figures

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadable(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"JSON is laid out":          {`{"标题":"a","n":1.50}`, "{\n  \"标题\": \"a\",\n  \"n\": 1.50\n}"},
		"letters are letters":       {`{"a":"\u003cb\u003e \u4e2d\u6587"}`, "{\n  \"a\": \"<b> 中文\"\n}"},
		"what must stay escaped":    {`{"a":"\u0022 \u005c \n \u202e \ud83d"}`, "{\n  \"a\": \"\\u0022 \\u005c \\n \\u202e \\ud83d\"\n}"},
		"an escaped backslash":      {`{"a":"\\u003c"}`, "{\n  \"a\": \"\\\\u003c\"\n}"},
		"broken JSON is left alone": {`{"a":`, `{"a":`},
		"markup is left alone":      {"<li>\u003c</li>", "<li>\u003c</li>"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Readable(test.text); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestVisibleText(t *testing.T) {
	for name, test := range map[string]struct{ markup, want string }{
		"a row":             {"<li><a href='x'>标题</a>\n <span>2026-07-01</span></li>", "标题 2026-07-01"},
		"lines":             {"<p>一<p>二<br/>三", "一\n二\n三"},
		"script and style":  {"<style>a{}</style><b>x</b><script>alert('<b>')</script> y", "x y"},
		"entities":          {"&lt;b&gt; &amp;nbsp; A&nbsp;B", "<b> &nbsp; A B"},
		"broken markup":     {"<a <b>x</i", "x"},
		"nothing to see":    {"<img src=x onerror=alert(1)>", ""},
		"unclosed script":   {"x<script>alert(1)", "x"},
		"closing too often": {"</script>x", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := VisibleText(test.markup); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestBeginningKeepsCharactersWhole(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		bytes int
		want  string
	}{"short": {"中文", 6, "中文"}, "between": {"中文", 3, "中"}, "within": {"中文", 5, "中"}, "nothing": {"中文", 2, ""}} {
		t.Run(name, func(t *testing.T) {
			got, cut := Beginning(test.text, test.bytes)
			if got != test.want || cut != (got != test.text) || !utf8.ValidString(got) || !strings.HasPrefix(test.text, got) {
				t.Errorf("got %q, cut %v", got, cut)
			}
		})
	}
}
