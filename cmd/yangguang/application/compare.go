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
	draft, err := whatif.Open(ctx, a.Asker.Facts, load, question)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, draft.Close()) }()
	told := time.Now()
	return draft.Compare(ctx, rows, nil, func(done, of int) {
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			terminal.WriteLine(problems, a.Config.Lines(), "comparing", "Done", done, "Of", of)
		}
	})
}
