package language_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Whatever the program says would be right, of any parameter, is said in Chinese: every model.UserError of the program is found by its text.
func TestWhatWouldBeRight(t *testing.T) {
	printer := load(t).Printer("zh")
	root := os.DirFS("../..")
	found := 0
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && path != "." || entry.Name() == "node_modules") {
			if entry != nil && entry.IsDir() && err == nil {
				return fs.SkipDir
			}
			return err
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		content, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, path, content, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		check := func(of ast.Expr) {
			text, constant := spelled(of)
			if !constant { // of the reader's language already, or spelled elsewhere
				return
			}
			found++
			if said := printer.Said("expected " + text); englishSentence.MatchString(said) {
				t.Errorf("%s: expected %s: in Chinese it is %s", positions.Position(of.Pos()), text, said)
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if call, is := node.(*ast.CallExpr); is && len(call.Args) == 1 && path == "dashboard/pack/name.go" {
				if function, is := call.Fun.(*ast.Ident); is && function.Name == "wrong" {
					check(call.Args[0])
				}
			}
			literal, is := node.(*ast.CompositeLit)
			if !is || !isUserError(literal.Type) {
				return true
			}
			for i, element := range literal.Elts {
				value := element
				if pair, keyed := element.(*ast.KeyValueExpr); keyed {
					if pair.Key.(*ast.Ident).Name != "Expected" {
						continue
					}
					value = pair.Value
				} else if i != 2 {
					continue
				}
				check(value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 40 {
		t.Errorf("%d mistakes found", found)
	}
}

var (
	englishSentence = regexp.MustCompile(`[a-z]+ [a-z]+ [a-z]+`)
	verbs           = regexp.MustCompile(`%[a-z]`)
)

func isUserError(of ast.Expr) bool {
	switch name := of.(type) {
	case *ast.SelectorExpr:
		return name.Sel.Name == "UserError"
	case *ast.Ident:
		return name.Name == "UserError"
	}
	return false
}

// spelled is what an expression makes, with X1 for what is not known before it runs; whether any of it is.
func spelled(of ast.Expr) (text string, constant bool) {
	switch e := of.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, one := spelled(e.X)
		right, other := spelled(e.Y)
		return left + right, one || other
	case *ast.CallExpr:
		if function, is := e.Fun.(*ast.SelectorExpr); is && function.Sel.Name == "Sprintf" {
			text, constant := spelled(e.Args[0])
			return verbs.ReplaceAllString(text, "X1"), constant
		}
	}
	return "X1", false
}
