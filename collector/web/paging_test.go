package web_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const listed = "fixed: {unit: O1, item: S3}\nrows: li\nfields: {title: a, url: a, published_on: span}\n"

// list is a page with rows of these titles, published on the day of the month that the title is.
func list(titles ...int) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for _, title := range titles {
		fmt.Fprintf(&b, `<li><a href="/d/%d.html">第%d号</a><span>2026-07-%02d</span></li>`, title, title, title)
	}
	return b.String() + "</ul>"
}

func TestPaging(t *testing.T) {
	for _, test := range []struct {
		name, configuration string
		site                http.Handler
		want                []int
		pages               uint64
	}{
		{
			"index_1.html, ended by a page that is not there", "url: SITE/\npaging: {address: 'index_{page}.html', first: 0}",
			pages{"/": list(9, 8), "/index_1.html": list(7, 6), "/index_2.html": list(5)},
			[]int{9, 8, 7, 6, 5},
			3,
		},
		{
			"index_2.html skipping _1", "url: SITE/c/index.html\npaging: {address: 'index_{page}.html'}",
			pages{"/c/index.html": list(9, 8), "/c/index_2.html": list(7)},
			[]int{9, 8, 7},
			2,
		},
		{
			"list_2.shtml with the number of pages in a script", "url: SITE/list.shtml\npaging: {address: 'list_{page}.shtml', count: {select: script, match: 'createPageHTML\\((\\d+),'}}",
			pages{"/list.shtml": list(9) + "<script>createPageHTML(2, 0)</script>", "/list_2.shtml": list(8) + "<script>createPageHTML(2, 1)</script>", "/list_3.shtml": "500"},
			[]int{9, 8},
			2,
		},
		{
			"the site says fewer pages than there are", "url: SITE/l1\npaging: {address: 'l{page}', count: b}",
			pages{"/l1": list(9) + "<b>1</b>", "/l2": list(8) + "<b>1</b>", "/l3": list(7) + "<b>1</b>"},
			[]int{9, 8, 7},
			3,
		},
		{
			"the site says more pages than there are", "url: SITE/l1\npaging: {address: 'l{page}', count: b}",
			pages{"/l1": list(9) + "<b>9</b>", "/l2": list(8) + "<b>9</b>"},
			[]int{9, 8},
			2,
		},
		{
			"a parameter; the site repeats its last page for ever", "url: SITE/l?id=1&page={page}",
			http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				page, _ := strconv.Atoi(r.URL.Query().Get("page"))
				_, _ = w.Write([]byte(list([]int{9, 8, 7}[min(page, 3)-1])))
			}),
			[]int{9, 8, 7},
			3,
		},
		{
			"an empty page ends the list", "url: SITE/p1.html\npaging: {address: 'p{page}.html'}",
			pages{"/p1.html": list(9), "/p2.html": list(8), "/p3.html": list()},
			[]int{9, 8},
			2,
		},
		{
			"the number within the path, counted by rows", "url: SITE/col/{page}/10/index.html\npaging: {first: 0, step: 10, max: 3}",
			pages{"/col/0/10/index.html": list(9), "/col/10/10/index.html": list(8), "/col/20/10/index.html": list(7), "/col/30/10/index.html": list(6)},
			[]int{9, 8, 7},
			3,
		},
		{
			"the link to the next page", "url: SITE/l?c=0\npaging: {next: 'a.next'}",
			pages{
				"/l?c=0": list(9) + "<a class=next href='?c=x'>下一页</a>", "/l?c=x": list(8) + "<a class=next href='?c=y'>下一页</a>",
				"/l?c=y": list(7) + "<a class=next href='?c=0'>下一页</a>",
			},
			[]int{9, 8, 7},
			3,
		},
		{
			"a row moves to the next page while the list is read", "url: SITE/1\npaging: {address: '{page}'}",
			pages{"/1": list(9, 8), "/2": list(8, 7)},
			[]int{9, 8, 8, 7},
			2,
		},
		{
			"one page only", "url: SITE/", pages{"/": list(9)}, []int{9}, 1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := collect(t, listed+test.configuration, test.site)
			if got.err != nil {
				t.Fatal(got.err)
			}
			var days []int
			for _, r := range got.records {
				days = append(days, r.PublishedOn.Day())
			}
			if diff := cmp.Diff(test.want, days); diff != "" || got.pages != test.pages {
				t.Errorf("%d pages, want %d; rows (-want +got):\n%s", got.pages, test.pages, diff)
			}
		})
	}
}

func TestPostedForms(t *testing.T) {
	const rows = "format: json\nrows: data\nfixed: {unit: O1, item: S3}\nfields: {title: doctitle, url: docpuburl, published_on: {select: docreltime, epoch: true}}\nurl: SITE/search\nmethod: POST\n"
	answer := func(page string) string {
		if number, err := strconv.Atoi(page); err != nil || number > 3 {
			return `{"pageCount":3,"data":[]}`
		}
		return fmt.Sprintf(`{"pageCount":3,"data":[{"doctitle":"第%s页","docpuburl":"/%s.html","docreltime":"1782835200"}]}`, page, page)
	}
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			body := make([]byte, r.ContentLength)
			_, _ = r.Body.Read(body)
			_, _ = w.Write([]byte(answer(strings.Trim(string(body), `{"page:}`))))
			return
		}
		if r.FormValue("classsql") != "chnlid=1780" {
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		_, _ = w.Write([]byte(answer(r.FormValue("page"))))
	})
	want := []string{"2026-07-01 第1页 /1.html", "2026-07-01 第2页 /2.html", "2026-07-01 第3页 /3.html"}
	for name, configuration := range map[string]string{
		"form": "form: {classsql: chnlid=1780, page: '{page}', prepage: '15'}\npaging: {count: pageCount}",
		"body": "body: '{\"page\":{page}}'\npaging: {count: pageCount}",
	} {
		t.Run(name, func(t *testing.T) {
			got := collect(t, rows+configuration, site)
			if diff := cmp.Diff(want, got.lines()); diff != "" || got.err != nil {
				t.Errorf("%v (-want +got):\n%s", got.err, diff)
			}
		})
	}
}

func TestAPageThatFails(t *testing.T) {
	for _, test := range []struct {
		name, configuration string
		site                pages
		want                []string
		wrong               string
	}{
		{
			"in the middle: what was read is kept", "url: SITE/1\npaging: {address: '{page}'}",
			pages{"/1": list(9), "/2": "500", "/3": list(7)},
			[]string{"2026-07-09 第9号 /d/9.html"},
			"page 2, SITE/2: the site answers 500 Internal Server Error",
		},
		{
			"the first is not there", "url: SITE/1\npaging: {address: '{page}'}", pages{}, nil, "page 1, SITE/1: the site answers 404 Not Found",
		},
		{
			"one of a known number is not there", "url: SITE/1\npaging: {address: '{page}', count: b}",
			pages{"/1": list(9) + "<b>4</b>", "/2": list(8) + "<b>4</b>", "/4": list(6) + "<b>4</b>"},
			[]string{"2026-07-09 第9号 /d/9.html", "2026-07-08 第8号 /d/8.html"},
			"page 3, SITE/3: the site answers 404 Not Found",
		},
		{
			"the last of a known number of a complete list is not there", "url: SITE/1\ncomplete: true\npaging: {address: '{page}', count: b}",
			pages{"/1": list(9) + "<b>2</b>"},
			[]string{"2026-07-09 第9号 /d/9.html"},
			"page 2, SITE/2: the site answers 404 Not Found",
		},
		{
			"no row: the site has changed", "url: SITE/1",
			pages{"/1": "<p>改版</p>"},
			nil,
			"no row matches rows: li at SITE/1; correct the selector, or write may_be_empty: true if there may be none",
		},
		{
			"a complete list that is not read to its end", "url: SITE/1\ncomplete: true\npaging: {address: '{page}', max: 1}",
			pages{"/1": list(9)},
			[]string{"2026-07-09 第9号 /d/9.html"},
			"the list goes on after 1 pages, so that nothing can be said about what is gone; raise paging.max",
		},
		{"allowed to be empty", "url: SITE/1\nmay_be_empty: true", pages{"/1": "<p>暂无</p>"}, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := collect(t, listed+test.configuration, test.site)
			if diff := cmp.Diff(test.want, got.lines()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			wrong := ""
			if got.err != nil {
				wrong = strings.ReplaceAll(strings.TrimPrefix(got.err.Error(), "try 网站: "), got.address, "SITE")
			}
			if diff := cmp.Diff(test.wrong, wrong); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestManyPages(t *testing.T) {
	const rows, last = 50, 200
	got := collect(t, listed+"url: SITE/l?page={page}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		if page > last {
			http.NotFound(w, r)
			return
		}
		for row := range rows {
			fmt.Fprintf(w, "<li><a href=/%d/%d.html>第%d页第%d条</a><span>2026-07-01</span></li>", page, row, page, row)
		}
	}))
	if got.err != nil || len(got.records) != rows*last || got.pages != last {
		t.Errorf("%d records of %d pages, %v", len(got.records), got.pages, got.err)
	}
}
