package tests

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// testSchemas holds every export, as CSV and JSON, against what /openapi.json and the report's Table Schema say of it.
func testSchemas(t *testing.T, handler http.Handler) {
	_, _, text := get(t, handler, "/openapi.json?lang=en")
	described, err := openapi3.NewLoader().LoadFromData([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := described.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := described.Paths.Len(), len(model.Reports())*(len(export.Formats())+1); got != want {
		t.Errorf("%d addresses are described, there are %d", got, want)
	}
	for _, report := range model.Reports() {
		t.Run(report.Name, func(t *testing.T) {
			for _, format := range export.Formats() {
				asked := described.Paths.Value("/export/" + report.Name + "." + format)
				if asked == nil || asked.Get == nil {
					t.Fatalf("%s is not described", format)
				}
				var names []string
				for _, parameter := range asked.Get.Parameters {
					names = append(names, parameter.Value.Name)
				}
				status, header, said := get(t, handler, "/export/"+report.Name+"."+format+"?nonsense=1") // which lists what there is
				if _, listed, _ := strings.Cut(strings.TrimSpace(said), "one of the parameters "); status != http.StatusBadRequest || listed != strings.Join(names, ", ") {
					t.Errorf("%s: the parameters are %q, described %q", format, said, names)
				}
				if asked.Get.Responses.Value("400").Value.Content[strings.TrimSuffix(header.Get("Content-Type"), "; charset=utf-8")] == nil {
					t.Errorf("%s: a mistake is answered with %s", format, header.Get("Content-Type"))
				}
			}
			address := "/export/" + report.Name + ".json"
			_, header, body := get(t, handler, address+"?from=2025-01-01")
			content := described.Paths.Value(address).Get.Responses.Value("200").Value.Content[header.Get("Content-Type")]
			var value any
			if err := json.Unmarshal([]byte(body), &value); err != nil || content == nil {
				t.Fatalf("%s: %v", header.Get("Content-Type"), err)
			}
			if err := content.Schema.Value.VisitJSON(value); err != nil {
				t.Errorf("JSON: %v", err)
			}
			for _, lang := range language.Languages() {
				checkTable(t, handler, report, lang)
			}
		})
	}
	if status, _, _ := get(t, handler, "/export/nothing.schema.json"); status != http.StatusNotFound {
		t.Errorf("the schema of no report: status %d", status)
	}
	if status, _, _ := get(t, handler, "/export/ranking.schema.json?lang=fr"); status != http.StatusBadRequest {
		t.Errorf("a schema in French: status %d", status)
	}
}

// checkTable reads a CSV as its Table Schema says.
func checkTable(t *testing.T, handler http.Handler, report model.Report, lang string) {
	t.Helper()
	_, _, text := get(t, handler, "/export/"+report.Name+export.SchemaExtension+"?lang="+lang)
	var schema export.TableSchema
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&schema); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	_, _, body := get(t, handler, "/export/"+report.Name+".csv?from=2025-01-01&lang="+lang)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines[0]) != len(schema.Fields) {
		t.Fatalf("%s: %d columns, %d are described", lang, len(lines[0]), len(schema.Fields))
	}
	for i, field := range schema.Fields {
		if lines[0][i] != field.Name || field.Key != report.Columns[i].Key {
			t.Errorf("%s: column %s is described as %s (%s)", lang, lines[0][i], field.Name, field.Key)
		}
		for _, line := range lines[1:] {
			if !slices.Contains(schema.MissingValues, line[i]) && !holds(field, line[i]) {
				t.Errorf("%s: %s: %q is no %s %s of %+v", lang, field.Name, line[i], field.Type, field.Format, field.Constraints)
				break
			}
		}
	}
}

// holds tells whether a cell is what a field says.
func holds(field export.Field, cell string) bool {
	switch field.Type {
	case "string":
		return field.Constraints == nil ||
			(field.Constraints.Enum == nil || slices.Contains(field.Constraints.Enum, cell)) && regexp.MustCompile(field.Constraints.Pattern).MatchString(cell)
	case "boolean":
		return slices.Contains(slices.Concat(field.TrueValues, field.FalseValues), cell)
	case "date":
		_, err := time.Parse(time.DateOnly, cell)
		return err == nil && field.Format == "default"
	case "datetime":
		_, err := time.Parse(time.DateTime, cell)
		return err == nil && field.Format == "%Y-%m-%d %H:%M:%S"
	case "integer", "number":
		number, err := strconv.ParseFloat(cell, 64)
		if field.Type == "integer" && strings.Contains(cell, ".") || err != nil {
			return false
		}
		c := field.Constraints
		return (c.Minimum == nil || number >= float64(*c.Minimum)) && (c.Maximum == nil || number <= float64(*c.Maximum))
	}
	return false
}
