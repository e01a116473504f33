package page

import (
	"context"
	"net/http"
	"time"

	"yangguang/dashboard/access"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// WhatIf says what another registry would change, and has one that is held back take force. What is tried is held in memory for a while, and nothing of
// it is stored. Its methods may be called from many goroutines.
type WhatIf interface {
	// May reports whether a user may try registries.
	May(user access.User) bool
	// Items are those of the registry in force, with their due days.
	Items(ctx context.Context) ([]model.Item, error)
	// Try begins to compare a draft with the registry in force, and names what becomes of it. What is wrong with the draft is a
	// *model.UserError or a *WhatIfFileError.
	Try(ctx context.Context, draft WhatIfDraft, question model.Question) (name string, err error)
	// Tried is what became of a draft, waiting until it is compared or ctx ends; false: there is none of the name, or it is forgotten.
	Tried(ctx context.Context, name string) (WhatIfTried, bool)
	// Held is the changed registry that is held back; none: its Hash is empty.
	Held() registry.Held
	// Accept has the registry of this hash take force if it is held back, and reports whether it was.
	Accept(ctx context.Context, hash string) (bool, error)
}

// WhatIfDraft is what is to be tried: one file in the place of the configuration's, another assessment, other due days; none of them: the files as they
// stand, of which a change may be held back.
type WhatIfDraft struct {
	File, Name string            // key of the configuration, and what the file is called
	Changed    func(Text) string // which settings are changed, in words; nil: none
	Content    []byte
	Assessment *model.Assessment
	DueDays    map[string]uint16 // by item
}

// WhatIfFileError says what is wrong with the files of a draft: file, line, what would be right; a line each.
type WhatIfFileError struct{ Mistakes string }

func (e *WhatIfFileError) Error() string { return e.Mistakes }

// WhatIfTried is what became of a draft.
type WhatIfTried struct {
	What     string            // the file's name; empty: the files as they stand, but for:
	Changed  func(Text) string // the settings that are changed, in words; nil: none
	Begun    time.Time
	Done, Of int            // parts, as long as it is being compared
	Result   *whatif.Result // nil: it is being compared, or failed
	Err      error
}

// WhatIfOnly answers whoever may not try registries.
func WhatIfOnly() error {
	return &ProblemError{Status: http.StatusForbidden, Message: "problem.what_if", About: "problem.what_if_about"}
}

// MayTry reports whether who sends the request may try registries here.
func (a *Request) MayTry() bool { return a.Options.WhatIf != nil && a.Options.WhatIf.May(a.User()) }
