package ask

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// The queries that more than one statement answers, or another than that of their name.

func (s *Asker) cells(ctx context.Context, question model.Question, arguments []any) (rows []model.CellRow, err error) {
	name := "overview/cells"
	load, found, err := s.inForce(ctx, name, question)
	if err != nil {
		return nil, err
	}
	if found.Results {
		name = "overview/kept_cells"
	}
	asked, err := planOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	err = s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, arguments...))
	return rows, err
}

func (s *Asker) proof(ctx context.Context, question model.Question, source, recordID string, arguments []any) (model.Proof, error) {
	proof := model.Proof{Source: source, RecordID: recordID}
	if s.society != nil { // one that is not for everyone takes as long as one that does not exist
		shown, err := s.shownRecords(ctx, true, 1, func(int) recordKey { return recordKey{source, recordID} })
		if err != nil || shown[0] == nil {
			return proof, err
		}
	}
	if err := s.selectPlanned(ctx, "proof/versions", &proof.Versions, question, arguments...); err != nil || len(proof.Versions) == 0 {
		return proof, err
	}
	var evidence []struct {
		EvidencedOn   *time.Time `ch:"evidenced_on"`
		Backdated     bool       `ch:"backdated"`
		ToleranceDays uint16     `ch:"tolerance_days"`
		Kind          string     `ch:"kind"`
	}
	if err := s.selectPlanned(ctx, "proof/evidence", &evidence, question, arguments...); err != nil {
		return proof, err
	}
	for _, of := range evidence {
		proof.EvidencedOn, proof.Backdated, proof.ToleranceDays, proof.Kind = of.EvidencedOn, of.Backdated, of.ToleranceDays, of.Kind
	}
	return proof, nil
}

func (s *Asker) rejects(ctx context.Context, question model.Question, asked []any) (rows []model.RejectRow, err error) {
	if err = facts.RefuseRemoved(ctx, s.Store, question, "rejects"); err == nil {
		err = s.selectPlanned(ctx, "sources/rejects", &rows, question, asked...)
	}
	return rows, err
}

// since compares what is stored of the two questions; the SQL is sql/since/lapses.sql.
func (s *Asker) since(ctx context.Context, question, baseline model.Question) (rows []model.SinceRow, err error) {
	if s.society != nil {
		return nil, ErrNotPublic
	}
	fail := func(err error) ([]model.SinceRow, error) {
		return nil, fmt.Errorf("ask what became since a baseline: %w", err)
	}
	const name = "since/lapses"
	baseline = question.At(baseline)
	load, err := facts.LoadInForce(ctx, s.Store, baseline)
	if err != nil {
		return fail(err)
	}
	then, err := s.then(ctx, name, load, baseline)
	if err != nil {
		return fail(err)
	}
	asked, err := s.plan(ctx, name, question, load)
	if err != nil {
		return fail(err)
	}
	then = append(then, clickhouse.Named("then_window", facts.Windows(baseline)), clickhouse.Named("then_as_of", baseline.AsOf.Format(model.DayLayout)))
	if err = s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, then...)); err != nil {
		return fail(err)
	}
	return rows, nil
}

// then are the parameters of another load that sql/NAME.sql reads beside the question's, with its facts.
func (s *Asker) then(ctx context.Context, name string, load uint64, question model.Question) ([]any, error) {
	of, err := facts.ReadsOf(name)
	if err != nil {
		return nil, err
	}
	found, err := s.Choose(ctx, load, question, of)
	if err != nil {
		return nil, err
	}
	beginning, err := s.Facts.Beginning(ctx, load)
	if err != nil {
		return nil, err
	}
	return append(beginning.Then(), clickhouse.NamedNumber("then_load", load), clickhouse.Named("then_layers", clickhouse.Numbers(found.Parts))), nil
}

func (s *Asker) workingDay(ctx context.Context, question model.Question, count []any) (day time.Time, err error) {
	asked, err := s.plan(ctx, "supervision/working_day", question)
	if err != nil {
		return day, err
	}
	row := s.Conn().QueryRow(ctx, asked.text, append(asked.arguments, count...)...)
	if err := row.Scan(&day); err != nil {
		return day, fmt.Errorf("ask supervision/working_day: %w", err)
	}
	return day, nil
}
