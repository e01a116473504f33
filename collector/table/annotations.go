package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"regexp"
)

// mostAnnotations bounds the merged ranges and links of a sheet; Excel has at most 65,530 links.
const mostAnnotations = 200_000

// annotations is what a sheet says of its cells behind its rows: which are merged and which are links.
type annotations struct {
	merges   merges
	links    map[int]map[int]string // by row and column, to addresses
	external map[string]relationship
	count    int
}

var (
	mergedRange = regexp.MustCompile(`^<(?:[\w.-]+:)?mergeCell\s[^>]*\bref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']`)
	linkTag     = regexp.MustCompile(`^<(?:[\w.-]+:)?hyperlink\s`)
	linkedCells = regexp.MustCompile(`\sref\s*=\s*["']\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?["']`)
	linkID      = regexp.MustCompile(`\s[\w.-]+:id\s*=\s*["']([^"']*)["']`)
	linkAnchor  = regexp.MustCompile(`\slocation\s*=\s*["']([^"']*)["']`)
)

// readAnnotations scans a sheet for its merged ranges and links, which follow the rows in the file; nothing else is decoded.
func (w *workbook) readAnnotations(ctx context.Context, sheet sheetPart) (*annotations, error) {
	a := &annotations{merges: merges{starting: map[int][]*merge{}}, links: map[int]map[int]string{}}
	if err := w.scanAnnotations(ctx, sheet.part, a); err != nil {
		return nil, err
	}
	return a, nil
}

func (w *workbook) scanAnnotations(ctx context.Context, part *zip.File, a *annotations) error {
	content, err := part.Open()
	if err != nil {
		return fmt.Errorf("open sheet: %w", err)
	}
	defer content.Close()
	reader := newBoundedReader(ctx, content)
	scanner := bufio.NewScanner(reader)
	scanner.Buffer(make([]byte, 64<<10), largestToken)
	scanner.Split(tags)
	for scanner.Scan() {
		reader.next()
		tag := scanner.Bytes()
		start := tag[:min(len(tag), 64)]
		switch {
		case bytes.Contains(start, []byte("mergeCell")):
			err = a.addMerge(tag)
		case bytes.Contains(start, []byte("hyperlink")) && linkTag.Match(tag):
			err = w.addLink(ctx, part.Name, a, string(tag))
		}
		if err != nil {
			return err
		}
		if a.count > mostAnnotations {
			return fmt.Errorf("it has more than %d merged cells and links", mostAnnotations)
		}
	}
	if errors.Is(scanner.Err(), bufio.ErrTooLong) {
		return errToken
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("scan for merged cells and links: %w", err)
	}
	return nil
}

// tags splits XML into tags, each from its "<" to just before the next one.
func tags(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if next := bytes.IndexByte(data[1:], '<'); next >= 0 {
		return next + 1, data[:next+1], nil
	}
	if atEOF {
		return len(data), data, nil
	}
	return 0, nil, nil
}

func (a *annotations) addMerge(tag []byte) error {
	found := mergedRange.FindStringSubmatch(string(tag))
	if found == nil {
		return nil
	}
	column, first, err := cellPosition(found[1] + found[2])
	if err != nil {
		return fmt.Errorf("merged cells: %w", err)
	}
	lastColumn, last, err := cellPosition(found[3] + found[4])
	if err != nil {
		return fmt.Errorf("merged cells: %w", err)
	}
	a.count++
	a.merges.starting[first] = append(a.merges.starting[first], &merge{column: column, lastColumn: lastColumn, first: first, last: last})
	return nil
}

// addLink notes the address behind cells. A link within the workbook is none.
func (w *workbook) addLink(ctx context.Context, part string, a *annotations, tag string) error {
	cells, id := linkedCells.FindStringSubmatch(tag), linkID.FindStringSubmatch(tag)
	if cells == nil || id == nil {
		return nil
	}
	if a.external == nil {
		var err error
		if a.external, err = w.relationships(ctx, partName(part)); err != nil {
			return fmt.Errorf("links: %w", err)
		}
	}
	address := a.external[id[1]].Target
	if anchor := linkAnchor.FindStringSubmatch(tag); anchor != nil && address != "" {
		address += "#" + html.UnescapeString(anchor[1])
	}
	column, first, err := cellPosition(cells[1] + cells[2])
	if err != nil {
		return fmt.Errorf("links: %w", err)
	}
	last, lastColumn := first, column
	if cells[3] != "" {
		if lastColumn, last, err = cellPosition(cells[3] + cells[4]); err != nil {
			return fmt.Errorf("links: %w", err)
		}
	}
	for row := first; row <= last && a.count <= mostAnnotations; row++ {
		for c := column; c <= lastColumn && a.count <= mostAnnotations; c++ {
			if a.links[row] == nil {
				a.links[row] = map[int]string{}
			}
			a.links[row][c] = address
			a.count++
		}
	}
	return nil
}
