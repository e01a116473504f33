// Package notice shows rectification notices (督导整改通知书) to print and as a document, drafts and issued ones, and has the forms by which clerks note
// what becomes of them.
package notice

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yangguang/dashboard/page"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files:    files,
		Register: true,
		Pages:    []page.Page{{Name: "notice", Pattern: "/notice", Build: build, Parameters: []string{"of", "id", "days", "without", "finding"}}},
		Routes: []page.Route{
			{Pattern: "GET /notice/choose", Answer: choose},
			{Pattern: "GET /notice/document", Answer: document},
			{Pattern: "POST /notice/issue", Answer: issue},
			{Pattern: "POST /notice/note", Answer: note},
		},
	}
}

// view is what notice.html shows.
type view struct {
	Sentence, About, Document string
	State                     string // of issued ones, in words
	Papers                    []shownPaper
	Of, Days, Without         string
	Finding                   string   // findings of the patrol that it is about; empty: what has lapsed
	Choices                   []choice // of the drafts
	Units                     []string
	MostDays                  int
	UsualDays                 string
	Draft, Clerk              bool
	Today                     string
}

// shownPaper is a paper with what was noted of it.
type shownPaper struct {
	paper
	Follow bool // a clerk may note more
	Log    page.Figure
}

func build(ctx context.Context, a *page.Request) (page.Content, error) {
	all, choices, err := papers(ctx, a)
	if err != nil {
		return page.Content{}, err
	}
	query := url.Values{}
	for _, name := range []string{"of", "id", "days", "without", "finding", "lang"} {
		if value := a.Address.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	body := view{
		Document: "/notice/document?" + query.Encode(), Of: a.Address.Get("of"), Days: a.Address.Get("days"), Without: a.Address.Get("without"), Finding: a.Address.Get("finding"), Draft: a.Address.Get("id") == "", Clerk: a.User().Clerk,
		Today: a.Now.Format("2006-01-02"), Sentence: a.T("notice.sentence_issued", "Count", len(all)), About: a.T("notice.about_issued"),
	}
	if body.Draft {
		body.Sentence, body.About = a.T("notice.sentence_draft", "Count", len(all)), a.T("notice.about_draft")
		if body.Finding != "" {
			body.About = a.T("notice.about_draft_findings")
		}
		if !a.User().Clerk {
			body.About += a.T("notice.no_clerk")
		}
	}
	if len(all) == 0 {
		body.Document = ""
	}
	if !body.Draft && len(all) == 1 {
		body.State = all[0].State
	} else if !body.Draft {
		body.State = counted(a, all)
	}
	body.Choices, body.Units, body.MostDays, body.UsualDays = choices, listed(body.Of), mostDays, cmp.Or(body.Days, strconv.Itoa(usualDays))
	for _, p := range all {
		shown := shownPaper{paper: p, Follow: a.User().Clerk && p.ID != ""}
		if p.ID != "" {
			shown.Log = page.Figure{ID: "noted-" + p.ID, Heading: a.T("notice.noted"), Class: "span-12", Open: true, Table: &page.Table{
				Label: a.T("notice.noted"), Short: true, Rows: p.Noted, Columns: []page.Column{
					{Key: "what", Label: a.T("notice.what"), Class: "title"},
					{Key: "done_on", Label: a.T("notice.done_on"), Class: "fit"},
					{Key: "remark", Label: a.T("notice.remark"), Class: "wide full text"},
					{Key: "noted_by", Label: a.T("notice.noted_by"), Class: "fit"},
					{Key: "noted_at", Label: a.T("notice.noted_at"), Class: "fit"},
				},
			}}
		}
		if len(all) > 1 { // of one it stands above
			shown.Log.About = p.State
		}
		body.Papers = append(body.Papers, shown)
	}
	return page.Content{Title: a.T("notice.title"), Nav: "supervision", Body: body}, nil
}

// choose turns what a form chooses into one address: units (of), and of their lapses those that were offered and not taken (without).
func choose(w http.ResponseWriter, a *page.Request) error {
	asked := a.HTTP.URL.Query()
	query := url.Values{"of": {strings.Join(asked["of"], "|")}}
	var without []string
	for _, key := range asked["offered"] {
		if !slices.Contains(asked["with"], key) {
			without = append(without, key)
		}
	}
	if len(without) > 0 {
		query.Set("without", strings.Join(without, "|"))
	}
	if days := asked.Get("days"); days != "" {
		query.Set("days", days)
	}
	if lang := a.HTTP.URL.Query().Get("lang"); lang != "" {
		query.Set("lang", lang)
	}
	http.Redirect(w, a.HTTP, "/notice?"+query.Encode(), http.StatusSeeOther)
	return nil
}

// document is the papers as DOCX, a page each.
func document(w http.ResponseWriter, a *page.Request) error {
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	all, _, err := papers(ctx, a)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := writeDocx(&content, all); err != nil {
		return err
	}
	name := a.T("notice.title") + ".docx"
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", `attachment; filename="notice.docx"; filename*=UTF-8''`+url.PathEscape(name))
	_, err = w.Write(content.Bytes())
	return err
}
