package identity

import "testing"

func TestAddressesOfOnePage(t *testing.T) {
	for name, pages := range map[string][]string{
		"scheme, host and port": {
			"http://www.example.gov.cn/a/1.html", "https://www.example.gov.cn/a/1.html", "https://example.gov.cn/a/1.html",
			"HTTP://WWW.Example.gov.cn:80/a/1.html", "https://example.gov.cn:443/a/1.html", " http://example.gov.cn//a/1.html/ ",
		},
		"the root":          {"http://example.gov.cn", "https://www.example.gov.cn/", "http://example.gov.cn/index.html", "http://example.gov.cn/index.jsp"},
		"index of a folder": {"http://example.gov.cn/zw", "http://example.gov.cn/zw/", "http://example.gov.cn/zw/index.shtml", "http://example.gov.cn/zw/INDEX.HTM"},
		"sessions": {
			"http://example.gov.cn/a/1.html", "http://example.gov.cn/a/1.html;jsessionid=8F3A", "http://example.gov.cn/a/1.html;JSESSIONID=1?PHPSESSID=2",
			"http://example.gov.cn/a/1.html?ASPSESSIONIDQQ=AB&sessionid=5", "http://example.gov.cn/a/1.html?utm_source=x&utm_medium=y&spm=1.2",
		},
		"parameters": {
			"http://example.gov.cn/view?id=7&type=2", "http://example.gov.cn/view?type=2&id=7", "http://example.gov.cn/view?id=7&type=2&t=1699",
			"http://example.gov.cn/view/?id=7&type=2&T=2", "http://example.gov.cn/view?id=%37&type=2#top",
		},
		"an account's article": {
			"https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=ab&chksm=cd&scene=27#wechat_redirect", "http://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=ab",
		},
		"a page's fragment": {"https://example.gov.cn/#/detail?id=3", "http://example.gov.cn/index.html#/detail?id=3&utm_source=a"},
		"escaping":          {"http://example.gov.cn/%E5%85%AC/%7Ea.html", "http://example.gov.cn/公/~a.html", "http://example.gov.cn/%e5%85%ac/~a.html"},
		"no scheme":         {"http://www.example.gov.cn/a", "https://example.gov.cn/a"},
	} {
		want := Address(pages[0], []string{"t"})
		for _, page := range pages[1:] {
			if got := Address(page, []string{"t"}); got != want {
				t.Errorf("%s: %s is %s, want %s", name, page, got, want)
			}
		}
	}
}

func TestAddressesOfDifferentPages(t *testing.T) {
	seen := map[string]string{}
	for _, page := range []string{
		"", "http://a.gov.cn", "http://b.gov.cn", "http://a.gov.cn:8080", "http://a.gov.cn/1.html", "http://a.gov.cn/1.htm", "http://a.gov.cn/A/1.html",
		"http://a.gov.cn/a/1.html", "http://a.gov.cn/a/1.html;v=2", "http://a.gov.cn/a?id=1", "http://a.gov.cn/a?id=2", "http://a.gov.cn/a?id=1&id=2", "http://a.gov.cn/a?id=2&id=1",
		"http://a.gov.cn/a?pid=1", "http://a.gov.cn/#/a", "http://a.gov.cn/#/b", "http://a.gov.cn/#!/a", "ftp://a.gov.cn/1.html", "javascript:void(0)",
		"http://a.gov.cn/index", "http://a.gov.cn/myindex.html", "http://a.gov.cn/%zz",
	} {
		got := Address(page, nil)
		if other, taken := seen[got]; taken {
			t.Errorf("%q and %q are both %q", page, other, got)
		}
		seen[got] = page
	}
}

func FuzzAddress(f *testing.F) {
	for _, text := range []string{"http://www.a.cn:80//b;jsessionid=1/index.html?z=1&a=%20&utm_x=1#/c/?d=1", "://", "?;&=", "#!", "http://[::1]:80/%2F"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if a, b := Address(text, nil), Address("\t"+text+" ", nil); a != b {
			t.Errorf("%q is %q, with white space around it %q", text, a, b)
		}
	})
}
