package overview

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

const (
	wallSeconds = 20 // each view stands, unless the address says otherwise
	behindShown = 7  // units of the view behind
)

// wallViews are what a wall can show, in the order in which it does.
func wallViews() []string { return []string{"figures", "tiles", "behind", "ranks", "changes"} }

// wall is what wall.html shows: one of the views at a time, in turn.
type wall struct {
	lead
	Heading string
	Lost    string // stands above every view while nothing answers
	Seconds int
	Views   []string
	Empty   string
	Tiles   figures.Tiles
	Behind  page.Figure
	Ranks   ranksPanel
	Since   *sincePanel
	Movers  page.Figure
}

// buildWall answers, for a screen that nobody touches, what the overview answers.
func buildWall(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	body := wall{Heading: a.T("wall.title"), Lost: a.T("wall.lost", "Instant", a.Now.Format("2006-01-02 15:04"))}
	var err error
	if body.Views, err = viewsAsked(a.Address.Get("views")); err != nil {
		return page.Content{}, err
	}
	if body.Seconds, err = secondsAsked(a.Address.Get("seconds")); err != nil {
		return page.Content{}, err
	}
	question := a.Question
	asked, coverage := a.loadLead(question), page.Ask(a.Request, question, ask.Coverage)
	show := map[string]func(){}
	for _, name := range body.Views {
		show[name] = a.wallView(name, &body, asked)
	}
	a.Panels.Wait()
	if now := figures.GroupRow(asked.summary.Value, question.Group); !asked.summary.Failed && (now == nil || now.Units == 0) {
		body.Empty, body.Views = a.T("overview.empty"), nil
	}
	for _, name := range body.Views {
		show[name]()
	}
	return page.Content{
		Title: body.Heading, Wall: true, Alerts: a.FailingAlerts(page.Covering{Coverage: coverage, Sources: a.Sources}), Body: body,
	}, nil
}

// wallView asks in the background for what a view shows, and gives what fills it from the answers.
func (a *request) wallView(name string, body *wall, asked leadAnswers) (show func()) {
	question := a.Question
	switch name {
	case "tiles":
		tiles := a.LoadTiles(question)
		return func() { body.Tiles = a.Tiles(tiles) }
	case "behind":
		groups := page.Ask(a.Request, question, ask.LapsedGroups("unit", 2, behindShown, 0))
		return func() { body.Behind = a.behindFigure(groups) }
	case "ranks":
		ranks := a.loadRanks(question)
		return func() { body.Ranks = a.ranksPanel(ranks) }
	case "changes":
		since, units := a.LoadSince(question), &page.Answer[[]model.RankingRow]{}
		if since != nil && !a.Large {
			units = page.Load(a.Panels, "ranking", question, a.Units)
		}
		moved := page.Load(a.Panels, "ranking", question, a.moved)
		return func() {
			if body.Since = a.sincePanel(since, units); body.Since == nil || body.Since.Notice != "" { // no meeting to compare with
				body.Since, body.Movers = nil, a.moversFigure(moved)
			}
		}
	default:
		return func() { body.lead = a.lead(asked) }
	}
}

// viewsAsked are the views that an address names, separated by commas; all of them if it names none.
func viewsAsked(words string) ([]string, error) {
	if words == "" {
		return wallViews(), nil
	}
	views := strings.Split(words, ",")
	for i, view := range views {
		if !slices.Contains(wallViews(), view) || slices.Contains(views[:i], view) {
			return nil, &model.UserError{Parameter: "views", Value: words, Expected: strings.Join(wallViews(), ",") + ", or some of them"}
		}
	}
	return views, nil
}

func secondsAsked(words string) (int, error) {
	if words == "" {
		return wallSeconds, nil
	}
	seconds, err := strconv.Atoi(words)
	if err != nil || seconds < 5 || seconds > 3600 {
		return 0, &model.UserError{Parameter: "seconds", Value: words, Expected: "a number of seconds from 5 to 3600"}
	}
	return seconds, nil
}

// behindFigure names the units with most lapses, of any age, and what lapsed.
func (a *request) behindFigure(groups *page.Answer[[]model.LapsedGroup]) page.Figure {
	f := page.Figure{ID: "behind", Heading: a.T("heat.heading"), Class: "span-12", Failed: groups.Failed, Open: true}
	if len(groups.Value) > 0 {
		f.About = a.T("wall.behind_about", "Count", int(groups.Value[0].Found), "Shown", len(groups.Value))
	}
	f.Table = a.LapsedGroupsTable(groups.Value, "unit", &f)
	return f
}
