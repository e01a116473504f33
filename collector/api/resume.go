package api

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yangguang/collector"
)

// mark notes that the page here has been read, unless what it is asked for with holds a secret, which must not be stored.
func (p *place) mark(walk *collector.Walk, secrets secrets) {
	cursor := p.cursor
	if p.numbered() {
		cursor = strconv.Itoa(p.number)
	}
	if !slices.ContainsFunc(secrets.values(), func(secret string) bool { return strings.Contains(cursor, secret) }) {
		walk.Reached(uint64(p.position), cursor)
	}
}

// resume goes on, behind the first pages with something new, where the last collection failed.
func (p *place) resume(walk *collector.Walk, known bool) error {
	if !known {
		return nil
	}
	left, ok := walk.Jump(uint64(p.position - 1))
	if !ok {
		return nil
	}
	p.position, p.cursor = int(left.Position), left.Cursor
	if !p.numbered() {
		return nil
	}
	number, err := strconv.Atoi(left.Cursor)
	if err != nil {
		return fmt.Errorf("the page where the last collection failed: %w", err)
	}
	p.number, p.cursor = number, ""
	return nil
}
