package ask

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Proof looks one record up, as it was known at the question's time of knowledge.
func (s *Asker) Proof(ctx context.Context, question model.Question, source, recordID string) (model.Proof, error) {
	proof := model.Proof{Source: source, RecordID: recordID}
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return proof, err
	}
	if s.society != nil { // one that is not for everyone takes as long as one that does not exist
		shown, err := s.shownRecords(ctx, true, 1, func(int) recordKey { return recordKey{source, recordID} })
		if err != nil || shown[0] == nil {
			return proof, err
		}
	}
	record := []any{clickhouse.Named("source", source), clickhouse.Named("record_id", recordID)}
	if err := s.selectQuestion(ctx, "proof/versions", &proof.Versions, question, load, record...); err != nil || len(proof.Versions) == 0 {
		return proof, err
	}
	var evidence []struct {
		EvidencedOn   *time.Time `ch:"evidenced_on"`
		Backdated     bool       `ch:"backdated"`
		ToleranceDays uint16     `ch:"tolerance_days"`
		Kind          string     `ch:"kind"`
	}
	if err := s.selectQuestion(ctx, "proof/evidence", &evidence, question, load, record...); err != nil {
		return proof, err
	}
	for _, of := range evidence {
		proof.EvidencedOn, proof.Backdated, proof.ToleranceDays, proof.Kind = of.EvidencedOn, of.Backdated, of.ToleranceDays, of.Kind
	}
	return proof, nil
}

// Content is the raw content of the latest version of a record that has one; found is false when none was kept.
func (s *Asker) Content(ctx context.Context, source, recordID string) (content model.Content, found bool, err error) {
	return s.ContentOf(ctx, source, recordID, 0)
}

// ContentOf is Content of one version of the record.
func (s *Asker) ContentOf(ctx context.Context, source, recordID string, version uint64) (content model.Content, found bool, err error) {
	if s.society != nil { // a page's part may hold more than its record
		return model.Content{}, false, nil
	}
	var rows []model.Content
	if err := s.selectQuestion(ctx, "proof/content", &rows, model.Question{}, 0, clickhouse.Named("source", source),
		clickhouse.Named("record_id", recordID), clickhouse.Named("version", strconv.FormatUint(version, 10))); err != nil {
		return model.Content{}, false, fmt.Errorf("read the raw content of record %s of %s: %w", recordID, source, err)
	}
	if len(rows) == 0 {
		return model.Content{}, false, nil
	}
	return rows[0], true, nil
}
