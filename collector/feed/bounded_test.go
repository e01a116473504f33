package feed

import (
	"fmt"
	"strings"
	"testing"
)

// A feed that is nested without end, or has elements without end, is refused before anything is made of it.
func TestFeedsAreBounded(t *testing.T) {
	const open, end = `<rss version="2.0"><channel><title>t</title>`, `</channel></rss>`
	item := "<item><title>a</title><link>http://site.test/%d</link><description><![CDATA[" + strings.Repeat("<div>", 2000) + "]]></description></item>"
	var many strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, item, i)
	}
	for name, test := range map[string]struct{ body, wants string }{
		"an ordinary one with markup in CDATA": {open + many.String() + end, ""},
		"comments and attributes with >":       {open + `<!-- <a><b> --><item x="a>b/"><title y='/>'>a</title></item>` + end, ""},
		"JSON with much markup":                {`{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","content_html":"` + strings.Repeat("<br>", 5000) + `"}]}`, ""},
		"breaks that are not closed":           {open + strings.Repeat("<item><title>a</title><description>a<br>b<br>c</description></item>", 600) + end, ""},
		"a million that do not end":            {open + strings.Repeat("<a", 1e6), "read feed"},
		"a million nested":                     {open + "<item>" + strings.Repeat("<a>", 1e6) + strings.Repeat("</a>", 1e6) + "</item>" + end, "nested more than 1000 deep"},
		"a million nested in a namespace":      {open + `<item xmlns:x="urn:x">` + strings.Repeat("<x:a>", 1e6) + "</item>" + end, "nested more than 1000 deep"},
		"a million nested, with attributes":    {open + strings.Repeat(`<a b="/>">`, 1e6) + end, "nested more than 1000 deep"},
		"a million side by side":               {open + "<item>" + strings.Repeat("<a/>", 1e6) + "</item>" + end, "more than 300000 elements"},
		"a million items":                      {open + strings.Repeat("<item></item>", 1e6) + end, "more than 300000 elements"},
		"Atom":                                 {`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">` + strings.Repeat("<div>", 1e6), "nested more than 1000 deep"},
		"a JSON feed":                          {`{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","content_html":"` + strings.Repeat("x", 100) + `"}]}`, ""},
		"JSON nested":                          {`{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", 1e6), "read feed"},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := parse([]byte(test.body), "http://site.test/feed")
			if test.wants == "" && (err != nil || len(items) == 0) {
				t.Errorf("got %d items, %v", len(items), err)
			}
			if test.wants != "" && (err == nil || !strings.Contains(err.Error(), test.wants)) {
				t.Errorf("got %d items, %v; want %q", len(items), err, test.wants)
			}
		})
	}
}
