package dashboard

import (
	"yangguang/dashboard/export"
	"yangguang/queries"
)

// exports are the links to a report with the very question that a figure or table shows.
func (a *ask) exports(report string, question queries.Question) []link {
	query := export.QuestionValues(question)
	query.Set("lang", a.Language())
	var links []link
	for _, format := range export.Formats() {
		links = append(links, link{
			Text: formatName(format),
			Note: a.T("export.about", "Report", a.Report(report)),
			Href: address{"/export/" + report + "." + format, query}.String(),
		})
	}
	return links
}

// formatName is what readers call a format.
func formatName(format string) string {
	return map[string]string{"csv": "CSV", "xlsx": "Excel", "json": "JSON"}[format]
}
