package table

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	blockSize = 256 << 10
	// longestRow bounds the memory of a row; beyond it a quote has surely been left open.
	longestRow = 4 << 20
)

// csvReader cuts text into rows block by block. Cells are substrings of their block, so a row costs no allocation of
// its own and stays valid for as long as somebody holds it.
type csvReader struct {
	text      *textReader
	block     string
	line      int // of the start of block
	final     bool
	separator byte
	width     int      // cells of the header, once it is known
	returns   bool     // rows end with a carriage return alone
	cells     []string // room for the cells of rows to come
	buffer    []byte
}

func readCSV(ctx context.Context, raw *bufio.Reader, header Header, each func(Row) error) error {
	text, err := newTextReader(raw)
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	c := &csvReader{text: text, line: 1, buffer: make([]byte, 0, blockSize)}
	if err := c.more(); err != nil {
		return err
	}
	if c.returns = endsWithReturn(c.block, c.final); c.returns {
		c.block = strings.ReplaceAll(c.block, "\r", "\n")
	}
	layout, err := c.header(header)
	if err != nil {
		return err
	}
	c.width = layout.width
	body := newBody(header, layout, false)
	defer body.report(0)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		for {
			line, cells, problem, complete, err := c.row()
			if err != nil {
				return err
			}
			if !complete {
				break
			}
			row, ok := body.row(line, rowCells{texts: cells}, problem)
			if !ok {
				continue
			}
			if err := each(row); err != nil {
				return err
			}
		}
		if c.final {
			return nil
		}
		if err := c.more(); err != nil {
			return err
		}
	}
}

// more appends the next block of text to what is left of the last one.
func (c *csvReader) more() error {
	c.buffer = append(c.buffer[:0], c.block...)
	left := len(c.buffer)
	if left > longestRow {
		return &Error{Line: c.line, Text: "a row that starts here does not end: a quoted cell is never closed"}
	}
	want := max(blockSize, 2*left)
	c.buffer = slices.Grow(c.buffer, want-left)
	for len(c.buffer) < want && !c.final {
		n, err := c.text.Read(c.buffer[len(c.buffer):want])
		c.buffer = c.buffer[:len(c.buffer)+n]
		if errors.Is(err, io.EOF) {
			c.final = true
		} else if err != nil {
			return fmt.Errorf("read table: %w", err)
		}
	}
	if c.returns {
		for i := left; i < len(c.buffer); i++ {
			if c.buffer[i] == '\r' {
				c.buffer[i] = '\n'
			}
		}
	}
	c.block = string(c.buffer)
	if wrong := c.text.wrongBytes(c.buffer, c.final); wrong >= 0 {
		line := c.line + strings.Count(c.block[:wrong], "\n")
		return &Error{Line: line, Text: fmt.Sprintf("the text is not %s here; save the file as UTF-8 or GB18030 throughout", c.text.encodingName())}
	}
	return nil
}

// header tries the separators in turn and leaves the reader behind the header row.
func (c *csvReader) header(header Header) (*layout, error) {
	block, line, final := c.block, c.line, c.final
	var first error
	for _, separator := range []byte{',', ';', '\t'} {
		c.block, c.line, c.separator = block, line, separator
		rows, ends, broken := c.firstRows()
		found, below, err := header.find("", rows)
		if err == nil { // what is broken below it is reported when it is its turn, and the rows above it are read
			c.block, c.line = block[len(block)-ends[below-1].left:], ends[below-1].line
			return found, nil
		}
		if broken != nil {
			err = broken
		}
		// The separator that got furthest has the most telling complaint; the comma's is the default.
		var mistake *Error
		if first == nil || errors.As(err, &mistake) && mistake.Line > 0 && !hasLine(first) {
			first = err
		}
	}
	c.final = final
	return nil, first
}

func hasLine(err error) bool {
	var mistake *Error
	return errors.As(err, &mistake) && mistake.Line > 0
}

// rowEnd is where the reader stands behind a row.
type rowEnd struct{ left, line int }

func (c *csvReader) firstRows() (rows []candidate, ends []rowEnd, err error) {
	for len(rows) < headerRows {
		line, cells, _, complete, err := c.row()
		if err != nil {
			return rows, ends, err
		}
		if !complete {
			break
		}
		rows = append(rows, candidate{line: line, rowCells: rowCells{texts: cells}})
		ends = append(ends, rowEnd{left: len(c.block), line: c.line})
	}
	return rows, ends, nil
}

// row cuts the next row off the block. complete is false when the block ends before the row does (or is empty).
func (c *csvReader) row() (line int, cells []string, problem string, complete bool, err error) {
	line = c.line
	rest := c.block
	if rest == "" {
		return line, nil, "", false, nil
	}
	if cap(c.cells)-len(c.cells) < 64 {
		c.cells = make([]string, 0, 4096)
	}
	start, newlines := len(c.cells), 0
	room := c.cells
	for {
		if rest != "" && rest[0] == '"' {
			cell, after, lines, fault, closed := quoted(rest, c.separator)
			if !closed {
				if c.final {
					return line, nil, "", false, &Error{Line: line, Text: "a quoted cell in the row that starts here is never closed"}
				}
				return line, nil, "", false, nil
			}
			if fault != "" {
				problem = fault
			}
			if lines > 0 && c.swallows(cell, lines) {
				problem = fmt.Sprintf("a quoted cell that begins here swallows the rows up to line %d; delete the stray quote, or double one that belongs to the text", line+newlines+lines)
			}
			room, rest, newlines = append(room, cell), after, newlines+lines
		} else {
			end := 0
			for end < len(rest) && rest[end] != c.separator && rest[end] != '\n' {
				end++
			}
			if end == len(rest) && !c.final {
				return line, nil, "", false, nil
			}
			cell := rest[:end]
			if (end == len(rest) || rest[end] == '\n') && end > 0 && cell[end-1] == '\r' {
				cell = cell[:end-1]
			}
			room, rest = append(room, cell), rest[end:]
		}
		if rest == "" {
			if !c.final {
				return line, nil, "", false, nil
			}
			break
		}
		ended := rest[0] == '\n'
		rest = rest[1:]
		if ended {
			newlines++
			break
		}
	}
	c.block, c.line = rest, line+newlines
	if cap(room) != cap(c.cells) { // grown into an array of its own
		return line, room[start:], problem, true, nil
	}
	c.cells = room
	return line, room[start:len(room):len(room)], problem, true, nil
}

// swallows reports whether a quoted cell of several lines has as many separators as whole rows have: a stray quote has opened it.
func (c *csvReader) swallows(cell string, lines int) bool {
	separators := lines * (c.width - 1)
	return c.width > 2 && strings.Count(cell, string(rune(c.separator)))*4 >= separators*3
}

// endsWithReturn reports whether the rows of a text end with a carriage return alone, as programs of the old Macintosh write them.
func endsWithReturn(text string, final bool) bool {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			quoted = !quoted
		case '\n':
			if !quoted {
				return false
			}
		case '\r':
			if quoted {
				continue
			}
			rest := strings.TrimLeft(text[i:], "\r")
			return rest == "" && final || rest != "" && rest[0] != '\n'
		}
	}
	return strings.Contains(text, "\r") && !strings.Contains(text, "\n")
}

// quoted reads a cell that begins with a quote: its text, what follows (a separator, a line break or nothing), the line
// breaks in it, and whether the closing quote is there. Text behind the closing quote is kept and named as a fault.
func quoted(text string, separator byte) (cell, after string, newlines int, fault string, closed bool) {
	body := text[1:]
	end, doubled := 0, false
	for {
		i := strings.IndexByte(body[end:], '"')
		if i < 0 {
			return "", "", 0, "", false
		}
		end += i
		if end+1 == len(body) || body[end+1] != '"' {
			break
		}
		doubled, end = true, end+2
	}
	cell, after = body[:end], body[end+1:]
	newlines = strings.Count(cell, "\n")
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	tail := 0
	for tail < len(after) && after[tail] != separator && after[tail] != '\n' {
		tail++
	}
	if extra := strings.TrimRight(after[:tail], " \r"); extra != "" {
		fault = fmt.Sprintf("there is text behind the closing quote of a cell: %q; double a quote that belongs to the text", extra)
		cell += extra
	}
	return cell, after[tail:], newlines, fault, true
}
