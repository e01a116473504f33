package attachment

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// docxText is the text of a document, with its headers, footers and notes (ECMA-376, part 1, §17). Paragraphs and rows of tables are lines. Only the text
// is wanted, whatever else Word writes: so elements are met by local name, and no document is modelled.
func docxText(ctx context.Context, body []byte, limits Limits) (string, error) {
	archive, err := openArchive(ctx, body, limits)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	left := &bounded{ctx: ctx, left: limits.Unpacked}
	found := false
	for _, part := range archive.File {
		name := strings.ToLower(part.Name)
		main := name == "word/document.xml"
		beside, _ := path.Match("word/*.xml", name)
		if !main && (!beside || !strings.Contains(name, "header") && !strings.Contains(name, "footer") && !strings.Contains(name, "notes")) {
			continue
		}
		found = found || main
		if err := partText(left, part, limits.Text, &text); err != nil {
			return "", fmt.Errorf("read %s: %w", part.Name, err)
		}
	}
	if !found {
		return "", errors.New("it holds no document")
	}
	return text.String(), nil
}

// partText writes the text of a part until there is so much.
func partText(left *bounded, part *zip.File, most int, text *strings.Builder) (err error) {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	tokens := xml.NewDecoder(left.of(from))
	inText := 0
	for text.Len() < most {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "t":
				inText++
			case "tab":
				text.WriteByte('\t')
			case "br", "cr":
				text.WriteByte('\n')
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "t":
				inText--
			case "tc":
				text.WriteByte('\t')
			case "p", "tr":
				text.WriteByte('\n')
			}
		case xml.CharData:
			if inText > 0 {
				text.Write(token)
			}
		}
	}
	return nil
}
