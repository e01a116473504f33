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
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/></Relationships>`},
		{"word/fontTable.xml", fontTable},
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

// Types of official papers (GB/T 9704); fontTable says what stands in where a machine lacks them. Sizes in half points.
const (
	titleFont = "方正小标宋简体"
	textFont  = "仿宋_GB2312"
	titleSize = 44
	textSize  = 32
	tableSize = 21
)

// columnWidths share out the width of the text, 156 mm, in twentieths of a point: number, item, period, due day, basis.
var columnWidths = []int{640, 2430, 1400, 1400, 2974}

// documentOf is A4 with the margins of official papers: 37 mm above, 28 mm left, 22 lines of 28 pt a page.
func documentOf(papers []paper) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for i, p := range papers {
		begin := ""
		if i > 0 {
			begin = `<w:pageBreakBefore/>`
		}
		paragraph(&b, begin+`<w:spacing w:after="240" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>`, titleFont, titleSize, p.Title)
		paragraph(&b, `<w:spacing w:after="320" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>`, textFont, textSize, p.Number)
		paragraph(&b, textLines, textFont, textSize, p.To)
		for _, text := range p.Opening {
			paragraph(&b, textLines+indented, textFont, textSize, text)
		}
		table(&b, append([][]string{p.Head}, p.Rows...))
		for n, text := range p.Closing {
			keep := ""
			if n == len(p.Closing)-1 { // the signature never stands alone on a page
				keep = `<w:keepNext/><w:keepLines/>`
			}
			paragraph(&b, keep+textLines+indented, textFont, textSize, text)
		}
		for n, text := range p.Signing {
			keep, before := `<w:keepNext/>`, 0
			if n == len(p.Signing)-1 {
				keep = ""
			}
			if n == 0 {
				before = 280
			}
			paragraph(&b, fmt.Sprintf(`%s<w:spacing w:before="%d" w:line="560" w:lineRule="exact"/><w:ind w:right="640"/><w:jc w:val="right"/>`, keep, before), textFont, textSize, text)
		}
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// Properties of paragraphs of the text.
const (
	textLines = `<w:spacing w:line="560" w:lineRule="exact"/>`
	indented  = `<w:ind w:firstLine="640"/><w:jc w:val="both"/>`
)

// table writes rows, of which the first is the header, repeated on every page; no row is divided by a page's end.
func table(b *strings.Builder, rows [][]string) {
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, edge := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + edge + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range columnWidths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for n, row := range rows {
		header := ""
		if n == 0 {
			header = `<w:tblHeader/>`
		}
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + header + `</w:trPr>`)
		for i, cell := range row {
			align := "left"
			if n == 0 || i == 0 || i == 2 || i == 3 {
				align = "center"
			}
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, columnWidths[min(i, len(columnWidths)-1)])
			paragraph(b, `<w:spacing w:line="290" w:lineRule="exact"/><w:jc w:val="`+align+`"/>`, textFont, tableSize, cell)
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// paragraph writes one with its properties, in the order that WordprocessingML asks for; size in half points.
func paragraph(b *strings.Builder, properties, font string, size int, text string) {
	fmt.Fprintf(b, `<w:p><w:pPr>%s</w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s"/><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">`,
		properties, font, size)
	_ = xml.EscapeText(b, []byte(text)) // a Builder takes everything
	b.WriteString(`</w:t></w:r></w:p>`)
}

// fontTable names what stands in for the fonts of official papers, which not every machine has.
const fontTable = `<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
	`<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK;华文中宋;宋体;Noto Serif CJK SC"/><w:family w:val="roman"/></w:font>` +
	`<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋;华文仿宋;FangSong;Noto Serif CJK SC"/><w:family w:val="modern"/></w:font>` +
	`</w:fonts>`
