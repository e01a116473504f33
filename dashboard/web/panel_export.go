package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// A panel whose table is no report of SPEC §7 exports the table itself: the page's own address with the parameter export=PANEL.FORMAT, which
// builds the page as for a reader, with its filters and what this reader may see, and answers with the rows of one panel, all of them.

// exportPanel answers with the panel that the address names.
func (s *server) exportPanel(ctx context.Context, w http.ResponseWriter, a *page.Request, name string, body any) error {
	id, format, _ := strings.Cut(a.Exporting, ".")
	var panel *page.Figure
	page.EachPanel(body, func(f *page.Figure) {
		if f.ID == id && f.Own {
			panel = f
		}
	})
	switch {
	case panel == nil:
		return &model.UserError{Parameter: "export", Value: a.Exporting, Expected: "a panel of this page and a format, such as " + id + ".csv"}
	case panel.Failed:
		return fmt.Errorf("export of panel %s: its question failed", id)
	case panel.Lacks != "":
		return fmt.Errorf("export of panel %s: a question failed that tells a part of it", id)
	case panel.Exported() == nil:
		return &page.NotFoundError{Message: cmp.Or(panel.Notice, a.T("panel.empty"))}
	case panel.Listed && a.Large:
		return &page.NotFoundError{Message: a.T("narrow.choose")}
	}
	report, headers, rows := a.AsReport(name+"_"+id, panel.Exported())
	question := a.Question
	question.Unit = a.HTTP.PathValue("id") // of the pages of one unit
	request := export.Request{
		District: a.Options.District,
		Report:   report, Question: question, Printer: a.Printer, Zone: a.Zone, ComputedAt: a.Now, Title: panel.Heading, Headers: headers,
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
