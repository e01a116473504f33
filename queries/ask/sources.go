package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Collections lists the last collections, at most so many of each source; an empty source asks for all of them. They are ordered by source, the
// newest first.
func (s *Asker) Collections(ctx context.Context, question model.Question, source string, limit int) (rows []model.CollectionRow, err error) {
	err = s.selectQuestion(ctx, "sources/collections", &rows, question, 0,
		clickhouse.Named("source", source), clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Coverage tells what each source covers, by the registry load in force.
func (s *Asker) Coverage(ctx context.Context, question model.Question) (rows []model.CoverageRow, err error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return nil, err
	}
	err = s.selectQuestion(ctx, "sources/coverage", &rows, question, load)
	return rows, err
}

// Rejects lists a part of the rejects in force, ordered by source and place like the report rejects.
func (s *Asker) Rejects(ctx context.Context, question model.Question, asked model.RejectsAsked) (rows []model.RejectRow, err error) {
	if s.society != nil { // even how many have the words sought would tell
		return nil, nil
	}
	if err := facts.RefuseRemoved(ctx, s.Store, question, "rejects"); err != nil {
		return nil, err
	}
	err = s.selectQuestion(ctx, "sources/rejects", &rows, question, 0,
		clickhouse.Named("source", asked.Source), clickhouse.Named("words", clickhouse.List(asked.Words)), clickhouse.Named("reasons", clickhouse.List(asked.Reasons)),
		clickhouse.Named("limit", strconv.Itoa(asked.Limit)), clickhouse.Named("offset", strconv.Itoa(asked.Offset)))
	return rows, err
}

// Remarks lists what the last collections of all sources and the last reading of the registry, or the last collection of one source, did not
// understand or read, at most so many; none for society.
func (s *Asker) Remarks(ctx context.Context, question model.Question, source string, limit int) (rows []model.RemarkRow, err error) {
	if s.society != nil {
		return nil, nil
	}
	err = s.selectQuestion(ctx, "sources/remarks", &rows, question, 0,
		clickhouse.Named("source", source), clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
