package ask

import (
	"context"
	"time"

	"yangguang/queries/model"
)

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
