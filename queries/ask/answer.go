package ask

import (
	"context"
	"fmt"
	"slices"

	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/stream"
)

// Stream asks one report (SPEC §7) and hands its rows one by one to each, values in the order of its Columns and of the Go types that
// their Kind names. The row slice is used again for the next row. It stops at the first error of each, which it returns.
func (s *Asker) Stream(ctx context.Context, report model.Report, question model.Question, each func(row []any) error) error {
	if s.society != nil && report.Inner {
		return ErrNotPublic
	}
	if report.Name == "rejects" {
		if err := facts.RefuseRemoved(ctx, s.Store, question, "rejects"); err != nil {
			return err
		}
	}
	return s.ask(ctx, "reports/"+report.Name, report.Answered(), question, func(row []any) error { return each(row[:len(report.Columns)]) })
}

// StreamBlocks is Stream in blocks of rows, where the answer comes in blocks. Reports with measures or for society do not, nor does any over the
// native protocol: of these it gives row by row.
func (s *Asker) StreamBlocks(ctx context.Context, report model.Report, question model.Question, eachBlock func(stream.Block) error, eachRow func(row []any) error) error {
	columns := report.Answered()
	if s.society != nil || report.Name == "rejects" || slices.ContainsFunc(columns, func(c model.Column) bool { return c.Kind.IsMeasure() }) {
		return s.Stream(ctx, report, question, eachRow)
	}
	asked, err := s.plan(ctx, "reports/"+report.Name, question)
	if err != nil {
		return err
	}
	if err := s.Explained(ctx, stream.Blocks(ctx, s.Conn(), columns, asked.text, asked.arguments, eachBlock, eachRow)); err != nil {
		return fmt.Errorf("ask reports/%s: %w", report.Name, err)
	}
	return nil
}

// ask runs sql/NAME.sql for a question. Errors: *NotStoredError.
func (s *Asker) ask(ctx context.Context, name string, columns []model.Column, question model.Question, each func(row []any) error, more ...any) error {
	asked, err := s.plan(ctx, name, question)
	if err != nil {
		return err
	}
	return s.askText(ctx, name, asked.text, columns, each, append(asked.arguments, more...))
}

// askText hands over the rows of the answer to a question's text; what is not for society is withheld here.
func (s *Asker) askText(ctx context.Context, name, text string, columns []model.Column, each func(row []any) error, arguments []any) error {
	flush := func() error { return nil }
	if s.society != nil {
		each, flush = s.withholding(ctx, columns, each)
	}
	if err := stream.Rows(ctx, s.Conn(), columns, text, arguments, each); err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	return flush()
}

// selectPlanned runs sql/NAME.sql for a question and more parameters of its own, and reads the answer into a slice of structs.
func (s *Asker) selectPlanned(ctx context.Context, name string, rows any, question model.Question, more ...any) error {
	asked, err := s.plan(ctx, name, question)
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
