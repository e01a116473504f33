package notice

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// writeDocx writes papers as one document, a page each. It is written by hand: the DOCX libraries of the module proxy are unmaintained or under the
// AGPL, and a paper needs paragraphs, one table and a page break only.
func writeDocx(w io.Writer, papers []paper) error {
	archive := zip.NewWriter(w)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", documentOf(papers)},
	} {
		entry, err := archive.Create(part.name)
		if err != nil {
			return fmt.Errorf("write the document: %w", err)
		}
		if _, err := io.WriteString(entry, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+part.content); err != nil {
			return fmt.Errorf("write the document: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

// documentOf is A4 with the margins and types of official papers (GB/T 9704): title 22 pt, text 16 pt 仿宋, table 12 pt.
func documentOf(papers []paper) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for i, p := range papers {
		if i > 0 {
			b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		}
		paragraph(&b, "center", 0, "黑体", 44, true, p.Title)
		paragraph(&b, "center", 0, "仿宋", 32, false, p.Number)
		paragraph(&b, "left", 0, "仿宋", 32, false, p.To)
		for _, text := range p.Opening {
			paragraph(&b, "both", 640, "仿宋", 32, false, text)
		}
		b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
		for _, edge := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			b.WriteString(`<w:` + edge + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		b.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>`)
		for range p.Head {
			b.WriteString(`<w:gridCol w:w="1768"/>`)
		}
		b.WriteString(`</w:tblGrid>`)
		for n, row := range append([][]string{p.Head}, p.Rows...) {
			b.WriteString(`<w:tr>`)
			if n == 0 {
				b.WriteString(`<w:trPr><w:tblHeader/></w:trPr>`)
			}
			for _, cell := range row {
				b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>`)
				paragraph(&b, "left", 0, "仿宋", 24, n == 0, cell)
				b.WriteString(`</w:tc>`)
			}
			b.WriteString(`</w:tr>`)
		}
		b.WriteString(`</w:tbl>`)
		for _, text := range p.Closing {
			paragraph(&b, "both", 640, "仿宋", 32, false, text)
		}
		for _, text := range p.Signing {
			paragraph(&b, "right", 0, "仿宋", 32, false, text)
		}
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// paragraph writes one; indent in twentieths of a point, size in half points.
func paragraph(b *strings.Builder, align string, indent int, font string, size int, bold bool, text string) {
	weight := ""
	if bold {
		weight = "<w:b/>"
	}
	fmt.Fprintf(b, `<w:p><w:pPr><w:ind w:firstLine="%d"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s"/>%s<w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">`,
		indent, align, font, font, font, weight, size)
	_ = xml.EscapeText(b, []byte(text)) // a Builder takes everything
	b.WriteString(`</w:t></w:r></w:p>`)
}
