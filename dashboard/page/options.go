// Package dashboard serves the pages, and mounts the exports and metrics beside them. Every figure comes from the
// questions of package queries; nothing of SPEC §4–§5 is computed here.
package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Options says what the pages show and how.
type Options struct {
	Store       ask.Answerer     // answers every question
	Bundle      *language.Bundle // New adds the page texts to it
	Location    *time.Location   // the configured time zone: today, and every instant shown
	District    string           // whose figures these are, on printed exports
	Sample      bool             // every page says 示例数据
	Language    string           // zh or en, when the address does not say; empty means zh
	ExternalURL string           // where readers find the pages; shown in the footer
	Logger      *slog.Logger     // faults whose details no page shows; nil means slog.Default
	Version     string           // of the program, shown in the footer

	FrameAncestors []string                    // origins whose pages may show ours in a frame, as https://portal.example; none: nobody's
	Metrics        http.Handler                // at /metrics; nil means none
	Export         http.Handler                // at /export/; nil means none
	Packs          Packs                       // at /freezes; nil means none
	Register       Register                    // at /notice; nil means none
	Inspection     Inspection                  // what is said at /patrol; nil means nothing is
	WhatIf         WhatIf                      // at /what-if; nil means none
	SignOut        string                      // address at which readers sign out; empty: they have not signed in here
	Society        bool                        // for everyone: Store withholds what is not for society, and the pages say so
	Ready          func(context.Context) error // nil error means the database answers; nil func means always
	Clock          func() time.Time            // nil means time.Now
	Timeout        time.Duration               // within which a page is answered, whatever the database does; 0 means 30 s
	Stall          time.Duration               // how long a reader may take nothing of an answer before he is given up; 0 means 2 min
	Limits         Limits                      // of what readers make the database compute
	Whole          int                         // up to how many units a ranking is sent whole, to be searched and sorted in the browser; 0 means 300
	Many           uint64                      // above how many units no question asks for all of them; 0 means facts.DefaultManyAbove

	// Notices says what every page must say of the program's own state, in the order of importance; it answers at once. nil means nothing.
	Notices func() []Notice
	// Assessment gives the weights, deductions and bands in force, with which a score is taken apart; nil means SPEC §5's.
	Assessment func() model.Assessment
	// Patrols says whether what was published is patrolled on a schedule; nil means that it is not known.
	Patrols func() bool
	// Schedule says when each configured source is collected next, by its name. A nil func, or none, means that nothing is collected on
	// schedule while the pages are served.
	Schedule func() map[string]Run
}

// Run is when a source is collected next.
type Run struct {
	Schedule string    // as configured: five fields, or @every 1h; empty: once at the start and whenever its configuration changes
	Next     time.Time // zero: no run is planned, or one is under way
}

// WithDefaults fills in what is not set; what cannot be missing is an error.
func (o Options) WithDefaults() (Options, error) {
	var problems []error
	if o.Store == nil {
		problems = append(problems, errors.New("no store"))
	}
	if o.Bundle == nil {
		problems = append(problems, errors.New("no language bundle"))
	}
	if o.Location == nil {
		problems = append(problems, errors.New("no time zone"))
	}
	if len(problems) > 0 {
		return o, fmt.Errorf("dashboard: %w", errors.Join(problems...))
	}
	if o.Language == "" {
		o.Language = language.Languages()[0]
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Stall == 0 {
		o.Stall = 2 * time.Minute
	}
	if o.Whole == 0 {
		o.Whole = 300
	}
	if o.Many == 0 {
		o.Many = facts.DefaultManyAbove
	}
	if o.Assessment == nil {
		o.Assessment = model.DefaultAssessment
	}
	if o.Ready == nil {
		o.Ready = func(context.Context) error { return nil }
	}
	return o, nil
}

// Limits bound what readers make the database compute. What is remembered, static files, /metrics and whether the program is well are answered
// without limit, and so is what the program asks itself.
type Limits struct {
	PerMinute int           // how many requests a minute have something computed for one client, in the long run; 0 means any number
	AtOnce    int           // how many questions, and a quarter as many exports and packs, are computed at the same time; 0 means any number
	Wait      time.Duration // how long a computation waits for others to end; 0 means 10 s
	Forwarded bool          // every request comes through a reverse proxy, which tells the client's address by X-Forwarded-For; one on this machine needs not be told of
}

// Answers says whether the database answers, within a few seconds.
func (o Options) Answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return o.Ready(ctx)
}
