package feed

import (
	"bytes"
	"fmt"
)

// What a feed may have: far more than any has, and little enough that one made to hurt does not take the program along. The parser goes down
// into what is nested, and keeps every element.
const (
	mostDepth    = 1000
	mostElements = 300_000
	longestName  = 1000 // bytes that are looked at
)

// checkSize counts the elements of XML and how deep they are nested, before anything is made of them. An element that is not closed, as <br> in HTML,
// ends with the one around it, as for the parser.
func checkSize(body []byte) error {
	if !bytes.HasPrefix(body, []byte("<")) {
		return nil // JSON
	}
	var open [][]byte // names of elements
	for elements := 0; ; {
		at := bytes.IndexByte(body, '<')
		if at < 0 || at+1 == len(body) {
			return nil
		}
		body = body[at+1:]
		switch {
		case bytes.HasPrefix(body, []byte("![CDATA[")):
			body = after(body, "]]>")
		case bytes.HasPrefix(body, []byte("!--")):
			body = after(body, "-->")
		case body[0] == '?' || body[0] == '!':
		case body[0] == '/':
			open = closed(open, nameOf(body[1:min(len(body), 1+longestName)]))
		default:
			elements++
			end := tagEnd(body)
			if end == 0 {
				return nil // the parser says what is wrong with it
			}
			if body[end-1] != '/' {
				open = append(open, nameOf(body[:end]))
			}
			body = body[end:]
		}
		switch {
		case len(open) > mostDepth:
			return fmt.Errorf("the feed's elements are nested more than %d deep", mostDepth)
		case elements > mostElements:
			return fmt.Errorf("the feed has more than %d elements", mostElements)
		}
	}
}

// closed is what stays open after the end of an element: what is around the innermost one of that name.
func closed(open [][]byte, name []byte) [][]byte {
	for i := len(open) - 1; i >= 0; i-- {
		if bytes.Equal(open[i], name) {
			return open[:i]
		}
	}
	return open
}

// nameOf is the name with which a tag begins.
func nameOf(tag []byte) []byte {
	if end := bytes.IndexAny(tag, " \t\r\n/>"); end >= 0 {
		return tag[:end]
	}
	return tag
}

// after is what follows the end of a section; nothing where it does not end.
func after(body []byte, end string) []byte {
	_, rest, _ := bytes.Cut(body, []byte(end))
	return rest
}

// tagEnd is where the > of a tag stands, which is not one within the quotes of an attribute; 0 where the tag does not end.
func tagEnd(body []byte) int {
	var quote byte
	for i, char := range body {
		switch {
		case quote != 0:
			if char == quote {
				quote = 0
			}
		case char == '"' || char == '\'':
			quote = char
		case char == '>':
			return i
		}
	}
	return 0
}
