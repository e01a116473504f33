package application

import (
	"context"
	"errors"
	"io"
	"time"

	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// Compare compares a registry with the one in force, with so many obligations in the result, and says how far it is where that takes long.
func (a *Application) Compare(ctx context.Context, load registry.Load, question model.Question, rows int, problems io.Writer) (result whatif.Result, err error) {
	err = a.Try(ctx, load, question, problems, func(draft *whatif.Draft, progress whatif.Progress) error {
		result, err = draft.Compare(ctx, rows, nil, progress)
		return err
	})
	return result, err
}

// Try is Compare of whoever compares the draft on his own.
func (a *Application) Try(ctx context.Context, load registry.Load, question model.Question, problems io.Writer, compare func(*whatif.Draft, whatif.Progress) error) (err error) {
	draft, err := whatif.Open(ctx, a.Asker.Facts, load, question)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, draft.Close()) }()
	told := time.Now()
	return compare(draft, func(done, of int) {
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			terminal.WriteLine(problems, a.Config.Lines(), "comparing", "Done", done, "Of", of)
		}
	})
}
