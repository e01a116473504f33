package patrol

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/verdicts"
)

// usualSize is how many records a sample has unless a clerk says otherwise.
const usualSize = 20

// samplesView is what samples.html shows.
type samplesView struct {
	Sentence, About string
	List            page.Figure
	Draw            bool // a clerk may draw one
	Kept            []kept
	Among           string // whose records would be drawn
	Size, Largest   int
	Seed            string
}

// kept is a part of the question that a form sends on.
type kept struct{ Name, Value string }

// buildSamples answers: which samples were drawn, and how far do people and patrol agree?
func buildSamples(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	samples, err := ask.Run(ctx, a.Store, ask.Samples, a.Question)
	if err != nil {
		return page.Content{}, err
	}
	body := samplesView{
		Sentence: a.T("samples.sentence", "Count", len(samples)), About: a.T("samples.about"), List: a.samplesFigure(samples),
		Draw: a.User().Clerk && a.Options.Inspection != nil && a.Question.KnownAt.IsZero(), Size: usualSize, Largest: verdicts.LargestSample, Seed: rand.Text()[:8],
		Among: a.T("samples.among", "From", a.Question.From.Format(page.DayLayout), "To", a.Question.To.Format(page.DayLayout), "Group", a.CodeLabel("group", a.Question.Group)),
	}
	if a.Within.Value != "" {
		body.Among += a.T("list.comma") + a.Within.Value
	}
	for name, value := range export.QuestionValues(a.Question) {
		body.Kept = append(body.Kept, kept{name, value[0]})
	}
	return page.Content{Title: a.T("samples.title"), Nav: "patrol", Filters: []string{"window", "group", "programme", "focus"}, Body: body}, nil
}

func (a *request) samplesFigure(samples []model.SampleRow) page.Figure {
	f := page.Figure{ID: "samples", Heading: a.T("samples.list"), About: a.T("samples.list_about"), Class: "span-12", Open: true, Own: true, Exports: a.Exports("sample", a.Question)}
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("samples.none"), Columns: []page.Column{
		{Key: "sample_id", Label: a.Label("sample_id"), Class: "title"},
		{Key: "drawn", Label: a.T("samples.drawn"), Class: "fit"},
		{Key: "among", Label: a.T("samples.of"), Class: "wide"},
		{Key: "seed", Label: a.Label("seed"), Class: "fit"},
		{Key: "size", Label: a.T("samples.size"), Class: "num"},
		{Key: "entered", Label: a.T("samples.entered"), Class: "num"},
		{Key: "agreement", Label: a.T("samples.agreement"), Class: "num"},
	}}
	for _, s := range samples {
		of := a.T("samples.among", "From", s.From.Format(page.DayLayout), "To", s.To.Format(page.DayLayout), "Group", a.CodeLabel("group", s.Group))
		if s.WithinName != "" {
			of += a.T("list.comma") + s.WithinName
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(s.SampleID).Linked(a.Address.At("/patrol/sample/" + url.PathEscape(s.SampleID)).String()).Classed("title"),
			a.Words(a.Instant(s.DrawnAt)).Noted(s.DrawnBy).Classed("fit full"), a.Words(of).Classed("wide"), a.Words(s.Seed).Classed("fit"),
			a.Count(int64(s.Size)).Noted(a.T("samples.of_all", "Count", s.Among)), a.Count(int64(s.Entered)), a.agreement(s),
		}})
	}
	f.Table = t
	return f
}

// agreement is the share of records on which people and patrol say the same, of those of which both say anything; without any there is none.
func (a *request) agreement(s model.SampleRow) page.Cell {
	if s.Compared() == 0 {
		return a.None("samples.none_compared")
	}
	ratio := decimal.NewFromUint64(s.BothFault + s.BothClear).Div(decimal.NewFromUint64(s.Compared()))
	return a.Ratio(&ratio).Noted(page.Grouped(int64(s.BothFault+s.BothClear)) + " / " + page.Grouped(int64(s.Compared())))
}

// sampleView is what sample.html shows.
type sampleView struct {
	Sentence, About string
	ID              string
	Facts           []page.Fact
	Numbers         []page.Number
	Sheet           page.Figure // its head and exports; the rows stand in Records
	Columns         []string
	Records         []sampled
	Enter           bool // a clerk may enter verdicts
	Verdicts        []choice
	Signing         []string
}

// sampled is a record on the sheet.
type sampled struct {
	Number                       uint64
	Unit, Item, Title            page.Link
	PublishedOn, URL             string
	Verdict, VerdictName, Remark string
	Machine, Entered             string
	Differs                      bool // people and patrol say different things
}

// buildSample answers: which records are to be looked at, what did inspectors find, and does patrol say the same?
func buildSample(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	id := a.HTTP.PathValue("id")
	samples, err := ask.Run(ctx, a.Store, ask.Samples, a.Question)
	if err != nil {
		return page.Content{}, err
	}
	var sample model.SampleRow
	for _, one := range samples {
		if one.SampleID == id {
			sample = one
		}
	}
	if sample.SampleID == "" {
		return page.Content{}, &page.NotFoundError{Message: a.T("samples.no_such")}
	}
	records, err := ask.Run(ctx, a.Store, ask.Sampled(id), a.Question)
	if err != nil {
		return page.Content{}, err
	}
	body := sampleView{
		Sentence: a.T("sheet.sentence", "ID", id, "Size", len(records), "Among", page.Grouped(int64(sample.Among))), About: a.T("sheet.about"), ID: id,
		Numbers: a.agreementNumbers(sample), Sheet: a.sheetFigure(records), Enter: a.User().Clerk && a.Options.Inspection != nil && a.Question.KnownAt.IsZero(),
		Columns: []string{a.Label("number"), a.Label("unit"), a.Label("item"), a.Label("title"), a.Label("published_on"), a.Label("verdict"), a.ReportLabel("sample", "remark"), a.Label("machine")},
		Signing: []string{a.T("sheet.inspector"), a.T("sheet.day")},
	}
	of := a.T("samples.among", "From", sample.From.Format(page.DayLayout), "To", sample.To.Format(page.DayLayout), "Group", a.CodeLabel("group", sample.Group))
	if sample.WithinName != "" {
		of += a.T("list.comma") + sample.WithinName
	}
	for _, fact := range [][2]string{{a.T("samples.of"), of}, {a.Label("seed"), sample.Seed}, {a.T("samples.drawn"), a.Instant(sample.DrawnAt) + " " + sample.DrawnBy}} {
		body.Facts = append(body.Facts, page.Fact{Label: fact[0], Value: a.Words(fact[1])})
	}
	for _, verdict := range append([]string{""}, model.Codes("verdict")...) {
		body.Verdicts = append(body.Verdicts, choice{What: verdict, Text: a.verdictName(verdict, "sheet.not_entered")})
	}
	for _, row := range records {
		one := sampled{
			Number: row.Number, Unit: page.Link{Text: row.Unit, Href: a.Address.At(page.UnitPath(row.UnitID)).String()}, Item: page.Link{Text: row.Item, Note: row.Period},
			Title: page.Link{Text: row.Title, Href: a.Address.At(page.ProofPath(row.Source, row.RecordID)).String()}, PublishedOn: row.PublishedOn.Format(page.DayLayout),
			Verdict: row.Verdict, VerdictName: a.verdictName(row.Verdict, "sheet.not_entered"), Remark: row.Remark,
			Differs: row.Verdict != "" && row.Machine != "" && row.Verdict != row.Machine,
		}
		if row.Verdict != "" { // inspectors look with their own eyes first
			one.Machine = a.verdictName(row.Machine, "sheet.not_looked")
		}
		if page.Followable(row.URL) {
			one.URL = row.URL
		}
		if row.EnteredAt != nil {
			one.Entered = row.EnteredBy + " " + a.Instant(*row.EnteredAt)
		}
		body.Records = append(body.Records, one)
	}
	return page.Content{Title: id, Nav: "patrol", Body: body}, nil
}

func (a *request) verdictName(verdict, none string) string {
	if verdict == "" {
		return a.T(none)
	}
	return a.CodeLabel("verdict", verdict)
}

// agreementNumbers are how far people and patrol agree; nothing is said where nothing was entered.
func (a *request) agreementNumbers(s model.SampleRow) []page.Number {
	numbers := []page.Number{{Label: a.T("samples.agreement"), None: a.T("samples.none_compared"), Note: a.T("samples.none_compared")}}
	if s.Compared() > 0 {
		ratio := a.agreement(s)
		numbers[0] = page.Number{Label: a.T("samples.agreement"), Value: ratio.Text, Note: a.T("samples.agreement_about", "Same", s.BothFault+s.BothClear, "All", s.Compared())}
		for _, one := range []struct {
			name  string
			count uint64
		}{{"both_fault", s.BothFault}, {"both_clear", s.BothClear}, {"only_machine", s.OnlyMachine}, {"only_person", s.OnlyPerson}} {
			numbers = append(numbers, page.Number{Label: a.T("samples." + one.name), Value: page.Grouped(int64(one.count)), Unit: a.Noun("records", int64(one.count))})
		}
	}
	numbers = append(numbers, page.Number{Label: a.T("samples.entered"), Value: page.Grouped(int64(s.Entered)), Unit: a.T("unit.of_records", "Count", s.Size)})
	if s.Unknown > 0 {
		numbers[len(numbers)-1].Note = a.T("samples.unknown", "Count", s.Unknown)
	}
	return numbers
}

// sheetFigure is the sheet as it is exported, filled in and imported again.
func (a *request) sheetFigure(records []model.SampledRow) page.Figure {
	f := page.Figure{ID: "sheet", Heading: a.T("sheet.sheet"), Class: "span-12", Own: true}
	t := &page.Table{Label: f.Heading}
	for _, key := range []string{"sample_id", "number", "unit", "item", "period", "title", "published_on", "url", "verdict", "remark"} {
		t.Columns = append(t.Columns, page.Column{Key: key, Label: a.ReportLabel("sample", key)})
	}
	for _, row := range records {
		unit, item := a.Words(row.Unit), a.Words(row.Item)
		unit.ID, item.ID = row.UnitID, row.ItemID
		cells := []page.Cell{a.Words(row.SampleID), a.Count(int64(row.Number)), unit, item, a.Words(row.Period), a.Words(row.Title), a.Day(&row.PublishedOn), a.Words(row.URL)}
		verdict := ""
		if row.Verdict != "" {
			verdict = a.CodeLabel("verdict", row.Verdict)
		}
		cells = append(cells, a.Words(verdict), a.Words(row.Remark))
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Held = t
	return f
}

// draw draws a sample as a clerk asks, and shows it.
func draw(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	form := a.HTTP.PostForm
	asked := url.Values{}
	for _, name := range []string{"from", "to", "as_of", "group", "within", "unit", "scope", "programme", "focus"} {
		if value := form.Get(name); value != "" {
			asked.Set(name, value)
		}
	}
	question, err := export.ParseQuestion(asked, a.Now)
	if err != nil {
		return err
	}
	size, err := strconv.Atoi(form.Get("size"))
	if err != nil {
		return &model.UserError{Parameter: "size", Value: form.Get("size"), Expected: "a whole number from 1"}
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	id, err := a.Options.Inspection.Draw(ctx, a.Options.Clock(), question, form.Get("seed"), size, by)
	if err != nil {
		return err
	}
	http.Redirect(w, a.HTTP, sampleAt(a, id), http.StatusSeeOther)
	return nil
}

// enter notes what was changed on the sheet of the page: what others have entered since it was shown stays.
func enter(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	form := a.HTTP.PostForm
	var entries []verdicts.Entry
	for i := uint64(1); i <= verdicts.LargestSample && form.Has("verdict-"+strconv.FormatUint(i, 10)); i++ {
		number := strconv.FormatUint(i, 10)
		entry := verdicts.Entry{SampleID: form.Get("id"), Number: i, Verdict: form.Get("verdict-" + number), Remark: form.Get("remark-" + number)}
		if form.Get("was-"+number) != entry.Verdict+" "+entry.Remark {
			entries = append(entries, entry)
		}
	}
	return noteEntries(w, a, by, "page", form.Get("id"), entries)
}

// importSheet notes what stands on a sheet that is sent.
func importSheet(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	sheet, _, err := a.HTTP.FormFile("sheet")
	if err != nil {
		return &model.UserError{Parameter: "sheet", Value: "", Expected: "the CSV of a sample"}
	}
	defer sheet.Close()
	entries, err := verdicts.ReadSheet(sheet, verdicts.LargestSample)
	if err != nil {
		return err
	}
	return noteEntries(w, a, by, "file", a.HTTP.PostForm.Get("id"), entries)
}

func noteEntries(w http.ResponseWriter, a *page.Request, by, with, id string, entries []verdicts.Entry) error {
	for _, entry := range entries {
		if entry.SampleID != id {
			return &model.UserError{Parameter: "sample_id", Value: entry.SampleID, Expected: id + ", whose sheet it is"}
		}
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	if _, err := a.Options.Inspection.Enter(ctx, a.Options.Clock(), by, with, entries); err != nil {
		return err
	}
	http.Redirect(w, a.HTTP, sampleAt(a, id), http.StatusSeeOther)
	return nil
}

func sampleAt(a *page.Request, id string) string {
	return a.Address.Only("/patrol/sample/"+url.PathEscape(id), "lang").String()
}
