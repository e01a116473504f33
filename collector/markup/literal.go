package markup

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadLiteral reads the value with which a text of JavaScript begins, and leaves what follows alone. Beside JSON it may have names without
// quotation marks, texts in ' and `, hexadecimal numbers, comments, commas before an end, undefined, and calls such as JSON.parse('…') and
// new Date(…), of which the first argument is the value. Numbers stay as written.
func ReadLiteral(text string) (any, error) {
	l := &literal{rest: strings.TrimPrefix(text, "\ufeff")}
	return l.value(0)
}

// literal is a text that is being read.
type literal struct{ rest string }

// deepest is how deep values may lie in each other.
const deepest = 200

var (
	number     = regexp.MustCompile(`^[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`)
	identifier = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*`)
	dotted     = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*(?:\s*\.\s*[\pL_$][\pL\pN_$]*)*`)
)

// value reads a value and what is added to it by +.
func (l *literal) value(depth int) (any, error) {
	value, err := l.single(depth)
	for err == nil && l.next() == '+' {
		text, ok := value.(string)
		if !ok {
			break
		}
		l.rest = l.rest[1:]
		var more any
		if more, err = l.single(depth); err == nil {
			value = text + TextOf(more)
		}
	}
	return value, err
}

func (l *literal) single(depth int) (any, error) {
	if depth > deepest {
		return nil, fmt.Errorf("values lie more than %d deep in each other", deepest)
	}
	switch l.next() {
	case 0:
		return nil, errors.New("it ends where a value should stand")
	case '{':
		return l.object(depth)
	case '[':
		return l.list(depth)
	case '"', '\'', '`':
		return l.text()
	}
	if found := number.FindString(l.rest); found != "" {
		l.rest = l.rest[len(found):]
		return numberOf(found), nil
	}
	return l.named(depth)
}

// numberOf keeps a number as written if JSON knows it so.
func numberOf(text string) any {
	if json.Valid([]byte(text)) {
		return json.Number(text)
	}
	if whole, err := strconv.ParseInt(text, 0, 64); err == nil {
		return json.Number(strconv.FormatInt(whole, 10))
	}
	if fraction, err := strconv.ParseFloat(text, 64); err == nil {
		return json.Number(strconv.FormatFloat(fraction, 'f', -1, 64))
	}
	return text
}

// named reads true, false, null and what is none, or a call.
func (l *literal) named(depth int) (any, error) {
	name := dotted.FindString(l.rest)
	l.rest = l.rest[len(name):]
	switch name {
	case "true", "false":
		return name == "true", nil
	case "null", "undefined", "NaN":
		return nil, nil
	case "new":
		if l.next(); dotted.MatchString(l.rest) && depth < deepest {
			return l.named(depth + 1)
		}
	}
	if name == "" || l.next() != '(' {
		return nil, fmt.Errorf("no value stands at %.40q", name+l.rest)
	}
	l.rest = l.rest[1:]
	if l.next() == ')' {
		l.rest = l.rest[1:]
		return nil, nil
	}
	var first any
	for argument := 0; ; argument++ {
		value, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if argument == 0 {
			first = value
		}
		if done, err := l.goesOn(')'); done || err != nil {
			return first, err
		}
	}
}

func (l *literal) object(depth int) (any, error) {
	l.rest = l.rest[1:]
	object := map[string]any{}
	for l.next() != '}' {
		name, err := l.name()
		if err != nil {
			return nil, err
		}
		if l.next() != ':' {
			return nil, fmt.Errorf("no : stands behind the name %q, but %.20q", name, l.rest)
		}
		l.rest = l.rest[1:]
		if object[name], err = l.value(depth + 1); err != nil {
			return nil, err
		}
		if done, err := l.goesOn('}'); done || err != nil {
			return object, err
		}
	}
	l.rest = l.rest[1:]
	return object, nil
}

func (l *literal) name() (string, error) {
	switch l.next() {
	case '"', '\'', '`':
		return l.text()
	}
	for _, form := range []*regexp.Regexp{identifier, number} {
		if found := form.FindString(l.rest); found != "" {
			l.rest = l.rest[len(found):]
			return found, nil
		}
	}
	return "", fmt.Errorf("no name stands at %.20q", l.rest)
}

func (l *literal) list(depth int) (any, error) {
	l.rest = l.rest[1:]
	list := []any{}
	for l.next() != ']' {
		value, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
		if done, err := l.goesOn(']'); done || err != nil {
			return list, err
		}
	}
	l.rest = l.rest[1:]
	return list, nil
}

// goesOn reads a comma, or the end.
func (l *literal) goesOn(end byte) (done bool, err error) {
	switch l.next() {
	case end:
		l.rest = l.rest[1:]
		return true, nil
	case ',':
		l.rest = l.rest[1:]
		return false, nil
	}
	return false, fmt.Errorf("neither a comma nor %c stands at %.20q", end, l.rest)
}

// next is the first byte behind white space and comments; 0 at the end.
func (l *literal) next() byte {
	for {
		l.rest = strings.TrimLeft(l.rest, " \t\r\n\v\f\u00a0\u3000\ufeff")
		end := ""
		switch {
		case strings.HasPrefix(l.rest, "//"):
			end = "\n"
		case strings.HasPrefix(l.rest, "/*"):
			end = "*/"
		case l.rest == "":
			return 0
		default:
			return l.rest[0]
		}
		_, l.rest, _ = strings.Cut(l.rest, end)
	}
}

// text reads a text in quotation marks.
func (l *literal) text() (string, error) {
	mark := l.rest[0]
	var b strings.Builder
	for i := 1; i < len(l.rest); i++ {
		switch c := l.rest[i]; {
		case c == mark:
			l.rest = l.rest[i+1:]
			return b.String(), nil
		case c == '\\':
			i += escape(&b, l.rest[i+1:])
		default:
			b.WriteByte(c)
		}
	}
	return "", fmt.Errorf("the text has no end: %.20q", l.rest)
}

// escape writes what stands behind a backslash and returns how many bytes of it that was.
func escape(b *strings.Builder, rest string) int {
	if rest == "" {
		return 0
	}
	if plain := strings.IndexByte("nrtbfv0", rest[0]); plain >= 0 {
		b.WriteByte("\n\r\t\b\f\v\x00"[plain])
		return 1
	}
	digits := map[byte]int{'x': 2, 'u': 4}[rest[0]]
	if digits == 0 || len(rest) <= digits {
		_, size := utf8.DecodeRuneInString(rest)
		if rest[0] != '\n' && rest[0] != '\r' { // a line that goes on
			b.WriteString(rest[:size])
		}
		return size
	}
	var text string
	taken := 1 + digits
	if err := json.Unmarshal([]byte(`"\u`+strings.Repeat("0", 4-digits)+rest[1:taken]+`"`), &text); err != nil {
		b.WriteByte(rest[0])
		return 1
	}
	if text == "\ufffd" && len(rest) >= taken+6 && rest[taken] == '\\' && rest[taken+1] == 'u' { // of two halves
		var pair string
		if json.Unmarshal([]byte(`"\u`+rest[1:taken]+rest[taken:taken+6]+`"`), &pair) == nil && utf8.RuneCountInString(pair) == 1 {
			b.WriteString(pair)
			return taken + 6
		}
	}
	b.WriteString(text)
	return taken
}
