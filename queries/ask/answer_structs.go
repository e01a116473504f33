package ask

import (
	"context"
	"fmt"

	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// selectQuestion runs sql/NAME.sql for a question and more parameters of its own, and reads the answer into a slice of structs.
func (s *Asker) selectQuestion(ctx context.Context, name string, rows any, question model.Question, load uint64, more ...any) error {
	text, err := sql.Text(name)
	if err != nil {
		return err
	}
	return s.selectText(ctx, name, text, rows, append(facts.Arguments(question, text, load), more...))
}

// selectFormulated is selectQuestion for a question that facts answer.
func (s *Asker) selectFormulated(ctx context.Context, name string, rows any, question model.Question, more ...any) error {
	asked, err := s.formulate(ctx, name, question)
	if err != nil {
		return err
	}
	return s.selectText(ctx, name, asked.text, rows, append(asked.arguments, more...))
}

// selectText reads the answer to a question's text; what is not for society is withheld here.
func (s *Asker) selectText(ctx context.Context, name, text string, rows any, arguments []any) error {
	if err := s.Conn().Select(ctx, rows, text, arguments...); err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	if s.society == nil {
		return nil
	}
	return s.withhold(ctx, rows)
}
