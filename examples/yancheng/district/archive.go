package district

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// repack writes the parts of a workbook in name order and without times: the library's own order varies.
func repack(w io.Writer, workbook []byte) error {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("reopen workbook: %w", err)
	}
	parts := slices.SortedFunc(slices.Values(in.File), func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range parts {
		if err := copyPart(out, part); err != nil {
			return fmt.Errorf("repack workbook part %s: %w", part.Name, err)
		}
	}
	return out.Close()
}

func copyPart(out *zip.Writer, part *zip.File) error {
	content, err := part.Open()
	if err != nil {
		return err
	}
	to, err := out.Create(part.Name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, content); err != nil {
		return err
	}
	return content.Close()
}
