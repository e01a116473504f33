package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"regexp"
)

// merge is a vertically merged range: the rows below the first one show its first cell's value.
type merge struct {
	column, first, last int
	value               string
}

// merges fills merged cells while rows pass by in order.
type merges struct {
	starting map[int][]*merge // by first row
	open     []*merge
}

var mergedRange = regexp.MustCompile(`^<(?:[\w.-]+:)?mergeCell\s[^>]*\bref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']`)

// readMerges scans a sheet for its merged ranges, which follow the rows in the file; nothing else is decoded.
func readMerges(part *zip.File) (*merges, error) {
	m := &merges{starting: map[int][]*merge{}}
	content, err := part.Open()
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	defer content.Close()
	scanner := bufio.NewScanner(content)
	scanner.Buffer(make([]byte, 64<<10), 16<<20)
	scanner.Split(tags)
	for scanner.Scan() {
		tag := scanner.Bytes()
		if !bytes.Contains(tag[:min(len(tag), 64)], []byte("mergeCell")) {
			continue
		}
		found := mergedRange.FindStringSubmatch(string(tag))
		if found == nil {
			continue
		}
		column, first, err := cellPosition(found[1] + found[2])
		if err != nil {
			return nil, fmt.Errorf("merged cells: %w", err)
		}
		_, last, err := cellPosition(found[3] + found[4])
		if err != nil {
			return nil, fmt.Errorf("merged cells: %w", err)
		}
		if last > first {
			m.starting[first] = append(m.starting[first], &merge{column: column, first: first, last: last})
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("scan for merged cells: %w", err)
	}
	return m, nil
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

// fill completes the cells of a row from the merges that reach into it. Lines come in rising order.
func (m *merges) fill(line int, cells []string) []string {
	for _, merge := range m.open {
		if line > merge.last || merge.value == "" {
			continue
		}
		for len(cells) <= merge.column {
			cells = append(cells, "")
		}
		if cells[merge.column] == "" {
			cells[merge.column] = merge.value
		}
	}
	if len(m.starting[line]) == 0 && len(m.open) == 0 {
		return cells
	}
	open := m.open[:0]
	for _, merge := range m.open {
		if line < merge.last {
			open = append(open, merge)
		}
	}
	for _, merge := range m.starting[line] {
		if merge.column < len(cells) {
			merge.value = cells[merge.column]
		}
		open = append(open, merge)
	}
	m.open = open
	return cells
}
