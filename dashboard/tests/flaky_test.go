package tests

import (
	"context"

	"yangguang/queries/ask"
)

// flaky is the real store, of which down says before each answer whether there is none.
type flaky struct {
	ask.Answerer
	down func(ctx context.Context, question string) error
}

func (f flaky) Answer(ctx context.Context, asked ask.Asked) (any, error) {
	if err := f.down(ctx, asked.Name()); err != nil {
		return nil, err
	}
	return f.Answerer.Answer(ctx, asked)
}
