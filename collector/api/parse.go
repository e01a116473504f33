package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// page is one answer: its rows, and where the next one is.
type page struct {
	rows []any
	next string // cursor or link; empty: none
}

// parse reads an answer. Numbers keep their digits. An error says what is wrong with the answer, or with the expression
// that does not fit it.
func (e expressions) parse(ctx context.Context, body []byte) (page, error) {
	answer, err := decode(body)
	if err != nil {
		return page{}, err
	}
	failure, err := first(ctx, e.failure, answer)
	if err != nil {
		return page{}, fmt.Errorf("failure: %w", err)
	}
	if failure != nil {
		return page{}, fmt.Errorf("the answer says that it failed: %s", shown(failure))
	}
	rows, err := e.rowsOf(ctx, answer)
	if err != nil {
		return page{}, err
	}
	next, err := first(ctx, e.next, answer)
	if err != nil {
		return page{}, fmt.Errorf("paging: next: %w", err)
	}
	made := page{rows: rows}
	if next != nil {
		if made.next, err = text(next); err != nil {
			return page{}, fmt.Errorf("paging: next: %w", err)
		}
	}
	return made, nil
}

// errNoRows says that there is no place of that kind in the answer, other than that it holds no rows.
var errNoRows = errors.New("rows: the expression gives null; write where the answer has its rows, like .result.results")

// rowsOf returns the rows of an answer: what the expression gives, or the elements of the one list that it gives. Without an
// expression the answer is the list.
func (e expressions) rowsOf(ctx context.Context, answer any) ([]any, error) {
	values := []any{answer}
	if e.rows != nil {
		var err error
		if values, err = run(ctx, e.rows, answer); err != nil {
			return nil, fmt.Errorf("rows: %w", err)
		}
	}
	if len(values) != 1 {
		return values, nil
	}
	if values[0] == nil {
		return nil, errNoRows
	}
	if list, is := values[0].([]any); is {
		return list, nil
	}
	return values, nil
}

// decode reads one JSON document.
func decode(body []byte) (any, error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if !utf8.Valid(body) {
		if converted, err := simplifiedchinese.GB18030.NewDecoder().Bytes(body); err == nil {
			body = converted
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var answer any
	if err := decoder.Decode(&answer); err != nil {
		return nil, fmt.Errorf("the answer is not JSON: %w; it begins %q", err, beginning(body))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the answer is more than one JSON document; it begins %q", beginning(body))
	}
	return answer, nil
}

// shown is a value as it is shown in messages.
func shown(value any) string {
	if text, is := value.(string); is {
		return text
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(encoded)
}

func beginning(body []byte) string {
	text := []rune(strings.ToValidUTF8(string(body[:min(len(body), 240)]), "?"))
	return string(text[:min(len(text), 60)])
}
