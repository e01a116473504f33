package export

import (
	"maps"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// object is one of JSON; encoding/json writes its members in order.
type object = map[string]any

// OpenAPI describes every export and its parameters, and the JSON of each, as OpenAPI 3.0 has it. What society has not is left out for it.
func OpenAPI(printer language.Printer, version string, society bool) any {
	paths, schemas := object{}, object{}
	for _, report := range model.Reports() {
		if society && report.Inner {
			continue
		}
		title := printer.Report(report.Name)
		for _, f := range formats() {
			content := object{"schema": object{"type": "string", "format": "binary"}}
			if f.name == "json" {
				content = object{"schema": object{"$ref": "#/components/schemas/" + report.Name}}
			}
			paths["/export/"+report.Name+"."+f.name] = get(title, report.Name+"_"+f.name, parametersOf(), f.mediaType, content)
		}
		paths["/export/"+report.Name+SchemaExtension] = get(title+": Table Schema", report.Name+"_schema", []object{langParameter()}, "application/json; charset=utf-8", object{
			"schema": object{"type": "object"},
		})
		schemas[report.Name] = jsonSchemaOf(report, printer)
	}
	return object{
		"openapi":    "3.0.3",
		"info":       object{"title": printer.T("site.name"), "version": version, "license": object{"name": "Apache-2.0"}},
		"paths":      paths,
		"components": object{"schemas": schemas, "responses": problems()},
	}
}

// get is a path that is asked by GET.
func get(title, id string, parameters []object, media string, content object) object {
	answers := object{"200": object{"description": title, "content": object{media: content}}}
	for status := range problems() {
		answers[status] = object{"$ref": "#/components/responses/" + status}
	}
	return object{"get": object{"summary": title, "operationId": id, "parameters": parameters, "responses": answers}}
}

// problems are the answers that are no export, in words.
func problems() object {
	said := object{}
	for status, description := range map[string]string{
		"400": "A parameter is wrong; what would be right is said.", "403": "Only operators may have it.", "404": "There is no such export, or not for everyone.",
		"429": "Too much was asked; Retry-After says when to ask again.", "500": "A fault; the program's log says which.",
		"503": "The database does not answer, is incomplete, or computes what is asked; ask again later.",
	} {
		said[status] = object{"description": description, "content": object{"text/plain": object{"schema": object{"type": "string"}}}}
	}
	return said
}

// abouts say what a parameter of a question means.
var abouts = map[string]string{
	"from": "first day of the window; 1 January of the as-of day's year without it", "to": "last day of the window; the as-of day without it",
	"as_of": "day on which things stand; today without it", "known_at": "a day or an instant: only what was known then",
	"group": "ranking group", "within": "unit_id: the unit and all below it", "unit": "unit_id: one unit", "scope": "of a unit: its own duties, or with all below it",
	"programme": "programme of the items", "focus": "key point of the items", "compare": "year: the previous window is that of a year before",
}

// parametersOf are those of a question, and the language.
func parametersOf() (described []object) {
	for _, name := range parameters() {
		schema := object{"type": "string"}
		switch name {
		case "from", "to", "as_of":
			schema["format"] = "date"
		case "group", "programme", "focus":
			schema["enum"] = model.Codes(name)
		case "scope":
			schema["enum"] = model.Scopes()
		case "compare":
			schema["enum"] = []string{model.CompareYear}
		}
		described = append(described, object{"name": name, "in": "query", "schema": schema, "description": abouts[name]})
	}
	return append(described, langParameter())
}

func langParameter() object {
	return object{"name": "lang", "in": "query", "schema": object{"type": "string", "enum": language.Languages()}, "description": "language of headers and of codes' names"}
}

// jsonSchemaOf describes the JSON of a report.
func jsonSchemaOf(report model.Report, printer language.Printer) object {
	columns, row, required := object{}, object{}, []string{}
	for _, column := range report.Columns {
		value := object{"title": printer.ReportLabel(report.Name, column.Key), "nullable": true}
		maps.Copy(value, jsonType(report, column))
		row[column.Key], required = value, append(required, column.Key)
	}
	text := object{"type": "string"}
	for _, name := range []string{"report", "language", "from", "to", "as_of", "known_at", "computed_at", "group", "within", "unit", "scope", "programme", "focus"} {
		columns[name] = text
	}
	columns["report"] = object{"type": "string", "enum": []string{report.Name}}
	columns["columns"] = object{"type": "array", "items": object{
		"type": "object", "properties": object{"key": text, "label": text}, "required": []string{"key", "label"}, "additionalProperties": false,
	}}
	columns["rows"] = object{"type": "array", "items": object{"type": "object", "properties": row, "required": required, "additionalProperties": false}}
	return object{
		"type": "object", "properties": columns, "required": []string{"report", "language", "from", "to", "as_of", "columns", "rows"}, "additionalProperties": false,
	}
}

// jsonType is how a column is written in JSON: codes as themselves.
func jsonType(report model.Report, column model.Column) object {
	switch column.Kind {
	case model.Date:
		return object{"type": "string", "format": "date"}
	case model.Instant:
		return object{"type": "string", "format": "date-time"}
	case model.Flag:
		return object{"type": "integer", "enum": []any{0, 1, nil}}
	case model.Count, model.Days:
		return object{"type": "integer", "minimum": 0}
	case model.Ratio:
		return object{"type": "number", "minimum": 0, "maximum": 1}
	case model.Score, model.Points, model.MeanDays:
		return object{"type": "number", "minimum": 0}
	case model.Code:
		if severalCodes(report.Name, column.Key) {
			return object{"type": "string", "pattern": joinedBy(model.Codes(column.Key))}
		}
		codes := []any{}
		for _, code := range model.Codes(column.Key) {
			codes = append(codes, code)
		}
		return object{"type": "string", "enum": append(codes, nil)}
	}
	return object{"type": "string"}
}
