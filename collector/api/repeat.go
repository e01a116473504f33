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

// limitRepetition replaces every a * b within a query by the function repeated.
func limitRepetition(query *gojq.Query) {
	each(reflect.ValueOf(query), func(query *gojq.Query) {
		if query.Op != gojq.OpMul {
			return
		}
		left, right := query.Left, query.Right
		query.Op, query.Left, query.Right = 0, nil, nil
		query.Term = &gojq.Term{Type: gojq.TermTypeFunc, Func: &gojq.Func{Name: repeated, Args: []*gojq.Query{left, right}}}
	})
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
