package country

import "strings"

// arena keeps many short strings in a few large pieces of memory.
type arena struct{ block *strings.Builder }

const arenaBlock = 64 << 10

// keep returns a string with the text's content.
func (a *arena) keep(text string) string {
	if a.block == nil || a.block.Len()+len(text) > a.block.Cap() {
		a.block = new(strings.Builder)
		a.block.Grow(max(arenaBlock, len(text)))
	}
	start := a.block.Len()
	a.block.WriteString(text)
	return a.block.String()[start:]
}

// keepBytes is keep of bytes, which may be used again.
func (a *arena) keepBytes(text []byte) string {
	if a.block == nil || a.block.Len()+len(text) > a.block.Cap() {
		a.block = new(strings.Builder)
		a.block.Grow(max(arenaBlock, len(text)))
	}
	start := a.block.Len()
	a.block.Write(text)
	return a.block.String()[start:]
}
