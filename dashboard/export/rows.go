package export

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// WriteRows is Write of rows that are at hand.
func WriteRows(w io.Writer, formatName string, request Request, rows [][]any) error {
	return WriteEach(w, formatName, request, func(each func([]any) error) error {
		for _, row := range rows {
			if err := each(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// WriteEach is Write of rows as they come.
func WriteEach(w io.Writer, formatName string, request Request, rows func(each func(row []any) error) error) error {
	f, err := formatNamed(formatName)
	if err != nil {
		return err
	}
	return writeFile(w, f, request, func(writer Writer) error {
		return rows(func(row []any) error {
			if err := writer.Row(row); err != nil {
				return fmt.Errorf("write %s: %w", f.name, err)
			}
			return nil
		})
	})
}

// Answer sends a whole file as Handler sends reports. Nothing is sent if it returns an error.
func Answer(w http.ResponseWriter, formatName string, request Request, file io.WriterTo) error {
	f, err := formatNamed(formatName)
	if err != nil {
		return err
	}
	setHeaders(w.Header(), f, request)
	_, _ = file.WriteTo(w) // the reader is gone: nothing is left to tell it
	return nil
}

// sheetLetters is how long a sheet's name may be.
const sheetLetters = 31

// sheetName is a name that a sheet may have.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, name)
	if letters := []rune(name); len(letters) > sheetLetters {
		name = string(letters[:sheetLetters])
	}
	return name
}
