package web_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/web"
)

func TestMistakesOfWhatReachesFurther(t *testing.T) {
	for name, test := range map[string]struct{ configuration, want string }{
		"a day that is none":             {"url: 'https://a.gov.cn/{today - 7}'\nrows: li\nfields: {title: a}", `url: "{today - 7}" is not understood; write a day like {today}, {today-7} or {today-7:yyyyMMdd} (yyyy, yy, MM, M, dd, d; s and ms for seconds and milliseconds since 1970)`},
		"a day in a form":                {"url: https://a.gov.cn/\nmethod: POST\nform: {from: '{today:YYYY}'}\nrows: li\nfields: {title: a}", `form: from: "{today:YYYY}" is not understood;`},
		"an address twice":               {"url: [https://a.gov.cn/, https://a.gov.cn/]\nrows: li\nfields: {title: a}", `url: "https://a.gov.cn/" stands there twice`},
		"known pages of two lists":       {"url: ['https://a.gov.cn/{page}', 'https://b.gov.cn/{page}']\nrows: li\nfields: {title: a}\npaging: {stop_at_known: true}", `paging: stop_at_known is for a single list, and url has several; write a source for each`},
		"no expression":                  {"url: https://a.gov.cn/\nformat: text\nrows: '('\nfields: {title: t}", `rows: "(" is not a regular expression; with format: text write one that matches a row, such as '"(?P<url>[^"]+)","(?P<title>[^"]+)"'`},
		"nothing to extract":             {"url: https://a.gov.cn/\nformat: json\nextract: '['\nfields: {title: t}", "extract: \"[\" is not a regular expression: error parsing regexp: missing closing ]: `[`"},
		"a value named like a field":     {"url: https://a.gov.cn/\nrows: li\nvalues: {title: a}\nfields: {title: a}", `values: "title" cannot be the name of a value; write one in Latin letters that is no field's, such as id`},
		"a value that there is not":      {"url: https://a.gov.cn/\nrows: li\nvalues: {id: a}\nfields: {title: a}\ndetail: {method: POST, form: {id: '{nr}'}, fields: {published_on: b}}", `detail: {nr} is no value of a row; one of `},
		"two addresses of the list":      {"url: https://a.gov.cn/\nentrance: {url: https://a.gov.cn/, list: iframe}\nrows: li\nfields: {title: a}", `entrance: list says where the list is, and so does url; write one of the two`},
		"a token that nothing asks with": {"url: https://a.gov.cn/\nentrance: {url: https://a.gov.cn/, values: {token: b}}\nrows: li\nfields: {title: a}", `entrance: values: token is used nowhere; write {token} in url, paging.address, form, body or headers`},
		"a token named like a page":      {"url: https://a.gov.cn/{page}\nentrance: {url: https://a.gov.cn/, values: {page: b}}\nrows: li\nfields: {title: a}", `entrance: values: "page" cannot be the name of a value; write one in Latin letters`},
		"a token without a selector":     {"url: 'https://a.gov.cn/?t={token}'\nentrance: {url: https://a.gov.cn/, values: {token: 'b['}}\nrows: li\nfields: {title: a}", `entrance: values: token: select: "b[" is not a CSS selector`},
		"an entrance without one":        {"url: https://a.gov.cn/\nentrance: {list: iframe}\nrows: li\nfields: {title: a}", `entrance: url: "" is not the address of a page; write it whole, like https://www.example.gov.cn/zwgk/`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := web.New(Decode(t, head+test.configuration+"\n"), plain{})
			if err == nil {
				t.Fatal("no error")
			}
			first, _, _ := strings.Cut(strings.ReplaceAll(err.Error(), `source "网站": `, ""), "\n")
			if !strings.HasPrefix(first, test.want) {
				t.Error(cmp.Diff(test.want, first))
			}
		})
	}
}
