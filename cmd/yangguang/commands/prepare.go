package commands

import (
	"context"
	"io"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/model"
)

// prepare makes what a report about very many units is answered from, and says how far it has come where that takes long.
func prepare(ctx context.Context, a *application.Application, report model.Report, question model.Question, problems io.Writer) error {
	told := time.Now()
	return a.Asker.Prepare(ctx, report, question, func(made, of int) {
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			terminal.WriteLine(problems, a.Config.Lines(), "preparing", "Made", made, "Of", of)
		}
	})
}
