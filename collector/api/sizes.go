package api

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"github.com/itchyny/gojq"
)

// One step of an expression, such as tojson, cannot be interrupted, and values may share their parts: forty times [., .] is little memory and a text
// beyond all bounds. So what a step makes is measured as if it were written out, and what is too large ends the expression before another step is
// made with it.
const (
	mostWeight = 64 << 20 // bytes of a value, its parts counted wherever they are
	mostDepth  = 10_000   // lists in lists
	mostText   = 1 << 20  // bytes of a text in which all matches are looked for at once
	perValue   = 16       // bytes that any value takes
	perObject  = 256      // and an object at least
)

var (
	errWeight = errors.New("a value that the expression makes has more than 64 MB, or more than 10000 levels; let it give less")
	errText   = errors.New("a text that the expression searches has more than 1 MB; let it search less")
)

// The functions that measure, in our expressions.
const (
	measured = "_limited_value"
	searched = "_limited_text"
)

// searches are the functions that give all matches in a text at once.
func searches(f *gojq.Func) bool {
	return f.Name == "split" && len(f.Args) == 2 || slices.Contains([]string{"match", "capture", "scan", "splits", "sub", "gsub", "_match"}, f.Name)
}

// limitSizes lets every value that a query makes be measured. own are the functions that the query itself defines: what they make is measured in
// their bodies, and a call that ends one must stay its end, or a long repetition would fill the memory.
func limitSizes(query *gojq.Query, own map[string]bool) {
	if query.Meta != nil || !makes(query, own) {
		return
	}
	made := *query
	if query.Term != nil && query.Term.Type == gojq.TermTypeFunc && searches(query.Term.Func) {
		made = gojq.Query{Left: checked(searched), Op: gojq.OpPipe, Right: &gojq.Query{Term: query.Term}, FuncDefs: query.FuncDefs}
	}
	*query = gojq.Query{Left: &made, Op: gojq.OpPipe, Right: checked(measured)}
}

// passing are functions that give numbers, truth, or what is there already: one at a time, often very many.
var passing = []string{
	"range", "empty", "error", "not", "length", "utf8bytelength", "type", "select", "recurse", "repeat", "until", "while", "limit", "skip", "first", "last", "nth",
	"isempty", "any", "all", "has", "in", "contains", "inside", "test", "startswith", "endswith", "tonumber", "floor", "arrays", "objects", "strings", "numbers", "values",
}

// makes reports whether a query's own step makes a value, other than one that is there already.
func makes(query *gojq.Query, own map[string]bool) bool {
	switch term := query.Term; {
	case term == nil:
		return slices.Contains([]gojq.Operator{
			gojq.OpAdd, gojq.OpAssign, gojq.OpModify, gojq.OpUpdateAdd, gojq.OpUpdateSub, gojq.OpUpdateMul, gojq.OpUpdateDiv, gojq.OpUpdateMod, gojq.OpUpdateAlt,
			gojq.OpDiv, gojq.OpSub,
		}, query.Op)
	case term.Type == gojq.TermTypeFunc:
		return !strings.HasPrefix(term.Func.Name, "$") && !own[term.Func.Name] && !slices.Contains(passing, term.Func.Name)
	case term.Type == gojq.TermTypeString:
		return len(term.Str.Queries) > 0 // gojq wants to find the constant parts of a text as they are
	default:
		return slices.Contains([]gojq.TermType{gojq.TermTypeArray, gojq.TermTypeObject, gojq.TermTypeFormat}, term.Type)
	}
}

// checked is a query that gives what it gets after a function has looked at it: by `if`, so that it is still a path.
func checked(function string) *gojq.Query {
	look := &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeFunc, Func: &gojq.Func{Name: function}}}
	same := &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeIdentity}}
	return &gojq.Query{Term: &gojq.Term{Type: gojq.TermTypeIf, If: &gojq.If{Cond: look, Then: same}}}
}

func measure(value any, _ []any) any {
	left := mostWeight
	if !weigh(value, &left, 0) {
		return errWeight
	}
	return true
}

func search(value any, _ []any) any {
	if text, is := value.(string); is && len(text) > mostText {
		return errText
	}
	return true
}

// weigh takes a value from what is left; false when nothing is left.
func weigh(value any, left *int, depth int) bool {
	if *left -= perValue; *left < 0 || depth > mostDepth {
		return false
	}
	switch value := value.(type) {
	case string:
		*left -= len(value)
	case *big.Int:
		*left -= value.BitLen() * 8 // their products take long before they take much
	case []any:
		for _, part := range value {
			if !weigh(part, left, depth+1) {
				return false
			}
		}
	case map[string]any:
		*left -= perObject
		for name, part := range value {
			if *left -= len(name); !weigh(part, left, depth+1) {
				return false
			}
		}
	}
	return *left >= 0
}
