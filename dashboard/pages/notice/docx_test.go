package notice

import (
	"bytes"
	"testing"
)

// The same papers are the same document, whatever is written in them.
func TestDocumentIsTheSame(t *testing.T) {
	papers := []paper{{Title: "督导 & <整改>", Head: []string{"a"}, Rows: [][]string{{"\x00]]>"}}}}
	var first, second bytes.Buffer
	for _, into := range []*bytes.Buffer{&first, &second} {
		if err := writeDocx(into, papers); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) || first.Len() == 0 {
		t.Error("two documents of the same papers differ")
	}
}
