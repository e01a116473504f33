package attachment_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/attachment"
	"yangguang/collector/attachment/attachmenttest"
)

// What there may be of a file: each is named for what it is, and only what was read to the end is said to hold no text.
func TestRead(t *testing.T) {
	limits := attachment.DefaultLimits()
	limits.Unpacked = 1 << 20
	reader := attachment.NewReader(limits)
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	})
	pdf, docx, xlsx := attachmenttest.PDF("党费收缴公示", "第二页"), attachmenttest.DOCX(t, "党费收缴", "公示"), attachmenttest.XLSX(t, []any{"姓名", "电话"}, []any{"张三", 13812345678})
	damaged := bytes.Clone(docx)
	damaged[60] ^= 0xff // within what is packed
	page := `<html><head><title>x</title><script>var a="脚本"</script></head><body><div class="header">网站首页 通知公告</div><div><ul class="nav"><li><a href="/">首页</a></li></ul></div>
		<div class="main"><h1>公示</h1><div id="zoom"><p>正文第一段。</p><p style="display: none">藏着的</p><p>附件：<a href="a.pdf">表</a><img src="/upload/1.jpg"><img src="/images/icon.png"></p></div></div>
		<div class="footer">版权所有 联系电话</div></body></html>`
	for name, test := range map[string]struct {
		file attachment.File
		want attachment.Reading
	}{
		"pdf":                         {attachment.File{Name: "/a.pdf", Body: pdf}, attachment.Reading{Kind: "pdf", Text: "党费收缴公示\n第二页"}},
		"pdf by its bytes":            {attachment.File{Name: "/download?id=1", Body: pdf}, attachment.Reading{Kind: "pdf", Text: "党费收缴公示\n第二页"}},
		"pdf cut off":                 {attachment.File{Name: "/a.pdf", Body: pdf[:len(pdf)/2]}, attachment.Reading{Kind: "pdf", Fault: "damaged"}},
		"pdf cut off at its end":      {attachment.File{Name: "/a.pdf", Body: pdf[:len(pdf)-40]}, attachment.Reading{Kind: "pdf", Fault: "damaged"}},
		"pdf with a password":         {attachment.File{Name: "/a.pdf", Body: attachmenttest.EncryptedPDF()}, attachment.Reading{Kind: "pdf", Fault: "encrypted"}},
		"pdf of pictures":             {attachment.File{Name: "/a.pdf", Body: attachmenttest.PDF("", "")}, attachment.Reading{Kind: "pdf", Fault: "no_text"}},
		"pdf of nothing":              {attachment.File{Name: "/a.pdf", Body: []byte("%PDF-1.4\n%%EOF\n")}, attachment.Reading{Kind: "pdf", Fault: "damaged"}},
		"pdf that is a page":          {attachment.File{Name: "/a.pdf", ContentType: "text/html", Body: []byte(page)}, attachment.Reading{Kind: "html", Fault: "wrong_kind"}},
		"pdf of zeros":                {attachment.File{Name: "/a.pdf", Body: make([]byte, 5000)}, attachment.Reading{Kind: "pdf", Fault: "damaged"}},
		"no bytes":                    {attachment.File{Name: "/a.docx"}, attachment.Reading{Kind: "docx", Fault: "no_bytes"}},
		"docx":                        {attachment.File{Name: "/a.docx", Body: docx}, attachment.Reading{Kind: "docx", Text: "党费收缴\n公示\n页脚"}},
		"docx cut off":                {attachment.File{Name: "/a.docx", Body: docx[:len(docx)-100]}, attachment.Reading{Kind: "docx", Fault: "damaged"}},
		"docx with a wrong byte":      {attachment.File{Name: "/a.docx", Body: damaged}, attachment.Reading{Kind: "docx", Fault: "damaged"}},
		"docx with a password":        {attachment.File{Name: "/a.docx", Body: attachmenttest.Old("EncryptedPackage")}, attachment.Reading{Kind: "docx", Fault: "encrypted"}},
		"docx without text":           {attachment.File{Name: "/a.docx", Body: attachmenttest.Zip(t, attachmenttest.Part{"word/document.xml", "<document><body/></document>"})}, attachment.Reading{Kind: "docx", Fault: "no_text"}},
		"docx of bad XML":             {attachment.File{Name: "/a.docx", Body: attachmenttest.Zip(t, attachmenttest.Part{"word/document.xml", "<document><body>"})}, attachment.Reading{Kind: "docx", Fault: "damaged"}},
		"docx that unpacks for ever":  {attachment.File{Name: "/a.docx", Body: attachmenttest.Zip(t, attachmenttest.Part{"word/document.xml", strings.Repeat(" ", 2<<20)})}, attachment.Reading{Kind: "docx", Fault: "too_large"}},
		"docx that is an old one":     {attachment.File{Name: "/a.docx", Body: attachmenttest.Old("WordDocument")}, attachment.Reading{Kind: "doc", Fault: "old_format"}},
		"xlsx":                        {attachment.File{Name: "/a.xlsx", Body: xlsx}, attachment.Reading{Kind: "xlsx", Text: "姓名\t电话\t\n张三\t13812345678"}},
		"xlsx with a password":        {attachment.File{Name: "/a.xlsx", Body: attachmenttest.Old("EncryptedPackage")}, attachment.Reading{Kind: "xlsx", Fault: "encrypted"}},
		"xlsx without a row":          {attachment.File{Name: "/a.xlsx", Body: attachmenttest.XLSX(t)}, attachment.Reading{Kind: "xlsx", Fault: "no_text"}},
		"xlsx without its sheets":     {attachment.File{Name: "/a.xlsx", Body: attachmenttest.Zip(t, attachmenttest.Part{"xl/workbook.xml", "<workbook>"})}, attachment.Reading{Kind: "xlsx", Fault: "damaged"}},
		"doc":                         {attachment.File{Name: "/a.doc", Body: attachmenttest.Old("WordDocument")}, attachment.Reading{Kind: "doc", Fault: "old_format"}},
		"xls":                         {attachment.File{Name: "/a.xls", Body: attachmenttest.Old("Workbook")}, attachment.Reading{Kind: "xls", Fault: "old_format"}},
		"xls that is a page's table":  {attachment.File{Name: "/a.xls", Body: []byte("<table><tr><td>张三</td><td>1</td></tr></table>")}, attachment.Reading{Kind: "html", Text: "张三 1"}},
		"doc cut off":                 {attachment.File{Name: "/a.doc", Body: attachmenttest.Old("WordDocument")[:300]}, attachment.Reading{Kind: "doc", Fault: "damaged"}},
		"larger than what is fetched": {attachment.File{Name: "/a.zip", Body: docx[:200]}, attachment.Reading{Kind: "other", Fault: "too_large"}},
		"another archive":             {attachment.File{Name: "/a.zip", Body: attachmenttest.Zip(t, attachmenttest.Part{"a.txt", "a"})}, attachment.Reading{Kind: "other", Fault: "unread"}},
		"a picture":                   {attachment.File{Name: "/a", Body: []byte("\x89PNG\r\n\x1a\n0000")}, attachment.Reading{Kind: "image", Fault: "unread"}},
		"a page":                      {attachment.File{Name: "/a.html", Body: []byte(page)}, attachment.Reading{Kind: "html", Text: "正文第一段。\n附件：表", Pictures: 1, Links: 1}},
		"a page in GB18030":           {attachment.File{Name: "/a.html", ContentType: "text/html; charset=gbk", Body: []byte("<html><body><p>\xd5\xfd\xce\xc4</p></body></html>")}, attachment.Reading{Kind: "html", Text: "正文"}},
		"a piece of a page":           {attachment.File{Name: "/a", ContentType: "text/html; charset=utf-8", Body: []byte("<h1>公示</h1><p>正文</p>")}, attachment.Reading{Kind: "html", Text: "公示\n正文"}},
		"a page that begins by words": {attachment.File{Name: "/a", ContentType: "text/html", Body: []byte("通知<br>正文")}, attachment.Reading{Kind: "html", Text: "通知\n正文"}},
		"a text with a mark in it":    {attachment.File{Name: "/a", ContentType: "text/plain", Body: []byte("收入 <b 支出")}, attachment.Reading{Kind: "text", Text: "收入 <b 支出"}},
		"a page that says nothing":    {attachment.File{Name: "/a.html", Body: []byte("<html><body><div id=content> &nbsp;</div><div class=footer>版权所有</div></body></html>")}, attachment.Reading{Kind: "html"}},
	} {
		t.Run(name, func(t *testing.T) {
			test.file.Whole = name != "larger than what is fetched"
			got, err := reader.Read(t.Context(), test.file)
			if err != nil {
				t.Fatal(err)
			}
			got.Text = strings.ReplaceAll(got.Text, "\r\n", "\n")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
