package api

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"github.com/itchyny/gojq"
)

// repeated is the function that stands for the operator * in our expressions: gojq multiplies a text by a number in one step, up to 2 GB, which
// nothing can interrupt.
const repeated = "_limited_product"

// mostRepeated is how many bytes a text times a number may have.
const mostRepeated = 16 << 20

var errRepeated = errors.New("a text times a number has more than 16 MB")

// updated is the function that stands for *=.
const updated = "_limited_update"

// limit makes what one step of a query may take bounded: every a * b and a *= b becomes a function of ours, and every value that is made is measured.
func limit(query *gojq.Query) {
	own := map[string]bool{}
	each(reflect.ValueOf(query), func(query *gojq.Query) {
		for _, function := range query.FuncDefs {
			own[function.Name] = true
			for _, argument := range function.Args {
				own[argument] = true
			}
		}
	})
	each(reflect.ValueOf(query), func(query *gojq.Query) {
		limitRepetition(query)
		limitSizes(query, own)
	})
	query.FuncDefs = append(update(), query.FuncDefs...)
}

func limitRepetition(query *gojq.Query) {
	name := repeated
	switch {
	case query.Op == gojq.OpMul:
	case query.Op == gojq.OpUpdateMul:
		name = updated
	case query.Term != nil && query.Term.Type == gojq.TermTypeFunc && query.Term.Func.Name == "_multiply": // gojq's own name
		query.Term.Func.Name = name
		return
	default:
		return
	}
	left, right := query.Left, query.Right
	query.Op, query.Left, query.Right = 0, nil, nil
	query.Term = &gojq.Term{Type: gojq.TermTypeFunc, Func: &gojq.Func{Name: name, Args: []*gojq.Query{left, right}}}
}

// update is the definition of the function updated.
func update() []*gojq.FuncDef {
	query, err := gojq.Parse("def " + updated + "(path; by): by as $by | path |= " + repeated + "(.; $by); .")
	if err != nil {
		panic(err) // a constant
	}
	return query.FuncDefs
}

// each calls do for every query in a tree, the inner ones first.
func each(tree reflect.Value, do func(*gojq.Query)) {
	switch tree.Kind() {
	case reflect.Pointer:
		if tree.IsNil() {
			return
		}
		each(tree.Elem(), do)
		if query, is := tree.Interface().(*gojq.Query); is {
			do(query)
		}
	case reflect.Slice:
		for i := range tree.Len() {
			each(tree.Index(i), do)
		}
	case reflect.Struct:
		for i := range tree.NumField() {
			if tree.Type().Field(i).IsExported() {
				each(tree.Field(i), do)
			}
		}
	}
}

// product is a * b as jq has it.
var product = func() *gojq.Code {
	query, err := gojq.Parse(".[0] * .[1]")
	if err != nil {
		panic(err) // a constant
	}
	code, err := gojq.Compile(query)
	if err != nil {
		panic(err)
	}
	return code
}()

func repeat(_ any, arguments []any) any {
	for i, argument := range arguments {
		text, is := argument.(string)
		if !is {
			continue
		}
		if times, _ := strconv.ParseFloat(fmt.Sprint(arguments[1-i]), 64); times*float64(len(text)) > mostRepeated { // of what is no number gojq says so
			return errRepeated
		}
	}
	value, _ := product.Run(arguments).Next()
	return value
}
