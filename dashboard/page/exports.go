package page

import (
	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

// Exports are the links to a report with the very question that a figure or table shows.
func (a *Request) Exports(report string, question model.Question) []Link {
	query := export.QuestionValues(question)
	query.Set("lang", a.Language())
	var links []Link
	for _, format := range export.Formats() {
		links = append(links, Link{
			Text: formatName(format),
			Note: a.T("export.about", "Report", a.Report(report)),
			Href: Address{"/export/" + report + "." + format, query}.String(),
		})
	}
	return links
}

// formatName is what readers call a format.
func formatName(format string) string {
	return map[string]string{"csv": "CSV", "xlsx": "Excel", "json": "JSON"}[format]
}
