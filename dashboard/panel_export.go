package dashboard

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"yangguang/dashboard/export"
	"yangguang/queries"
)

// A panel whose table is no report of SPEC §7 exports the table itself: the page's own address with the parameter export=PANEL.FORMAT, which
// builds the page as for a reader, with its filters and what this reader may see, and answers with the rows of one panel, all of them.

// exportPanel answers with the panel that the address names.
func (s *server) exportPanel(ctx context.Context, w http.ResponseWriter, a *ask, name string, body any) error {
	id, format, _ := strings.Cut(a.exporting, ".")
	var panel *figure
	eachPanel(body, func(f *figure) {
		if f.ID == id && f.Own {
			panel = f
		}
	})
	switch {
	case panel == nil:
		return &queries.UserError{Parameter: "export", Value: a.exporting, Expected: "a panel of this page and a format, such as " + id + ".csv"}
	case panel.Failed:
		return fmt.Errorf("export of panel %s: its question failed", id)
	case panel.Lacks != "":
		return fmt.Errorf("export of panel %s: a question failed that tells a part of it", id)
	case panel.exported() == nil:
		return &errNotFound{cmp.Or(panel.Notice, a.T("panel.empty"))}
	case panel.Listed && a.large:
		return &errNotFound{a.T("narrow.choose")}
	}
	report, headers, rows := a.asReport(name+"_"+id, panel.exported())
	question := a.question
	question.Unit = a.request.PathValue("id") // of the pages of one unit
	request := export.Request{
		District: a.options.District,
		Report:   report, Question: question, Printer: a.Printer, Zone: a.zone, ComputedAt: a.now, Title: panel.Heading, Headers: headers,
	}
	var file bytes.Buffer
	if err := export.WriteRows(&file, format, request, rows); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("export of panel %s: %w", id, err)
	}
	return export.Answer(w, format, request, &file)
}
