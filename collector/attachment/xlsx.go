package attachment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// longNumber is a number as a number that may be an id, a telephone's or a card's; shown, a spreadsheet would shorten it.
var longNumber = regexp.MustCompile(`^\d{11,15}$`)

// xlsxText is the text of a workbook's visible sheets as they show it: rows are lines.
func xlsxText(ctx context.Context, body []byte, limits Limits) (_ string, err error) {
	if _, err := openArchive(ctx, body, limits); err != nil {
		return "", err
	}
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("open the workbook: %v", problem)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: limits.Unpacked, UnzipXMLSizeLimit: limits.Unpacked})
	if err != nil {
		return "", fmt.Errorf("open the workbook: %w", err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	var text strings.Builder
	for _, sheet := range book.GetSheetList() {
		visible, err := book.GetSheetVisible(sheet)
		if err != nil {
			return "", fmt.Errorf("look for the sheet %s: %w", sheet, err)
		}
		if visible {
			if err := sheetText(ctx, book, sheet, limits.Text, &text); err != nil {
				return "", fmt.Errorf("read the sheet %s: %w", sheet, err)
			}
		}
	}
	return text.String(), nil
}

func sheetText(ctx context.Context, book *excelize.File, sheet string, most int, text *strings.Builder) (err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return err
	}
	raw, err := book.Rows(sheet)
	if err != nil {
		return errors.Join(err, rows.Close())
	}
	defer func() { err = errors.Join(err, rows.Close(), raw.Close()) }()
	for rows.Next() && raw.Next() && text.Len() < most {
		if err := ctx.Err(); err != nil {
			return err
		}
		shown, err := rows.Columns()
		if err != nil {
			return err
		}
		stored, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		for i, cell := range shown {
			if i < len(stored) && longNumber.MatchString(stored[i]) {
				cell = stored[i]
			}
			text.WriteString(cell + "\t")
		}
		text.WriteByte('\n')
	}
	return rows.Error()
}
