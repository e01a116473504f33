package queries

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Proof is all that is known of one record: what its source said and when it was seen to say so (SPEC §3 "Evidence").
type Proof struct {
	Source, RecordID string
	Kind             string         // of the source
	EvidencedOn      *time.Time     // of the record in force; a civil day, nil without published_on
	Backdated        bool           // likewise
	ToleranceDays    uint16         // by which evidenced_on may be later than published_on
	Versions         []ProofVersion // the newest first; none: there is no such record, or for society none that is for everyone
}

// ProofVersion is one version of a record. Days are civil days at midnight UTC, instants in UTC.
type ProofVersion struct {
	Source       string     `ch:"source"`
	RecordID     string     `ch:"record_id"`
	Version      uint64     `ch:"version"`
	Seen         time.Time  `ch:"seen"`       // when this version was first seen
	FirstSeen    time.Time  `ch:"first_seen"` // when the record was first seen
	UnitID       string     `ch:"unit_id"`
	Unit         string     `ch:"unit"` // empty when the registry in force does not have it any more; Item likewise
	ItemID       string     `ch:"item_id"`
	Item         string     `ch:"item"`
	Title        string     `ch:"title"`
	EventID      string     `ch:"event_id"`
	Period       string     `ch:"period"` // as written
	OccurredOn   *time.Time `ch:"occurred_on"`
	ProposedOn   *time.Time `ch:"proposed_on"`
	ReviewedOn   *time.Time `ch:"reviewed_on"`
	ApprovedOn   *time.Time `ch:"approved_on"`
	PublishedOn  *time.Time `ch:"published_on"`
	UploadedOn   *time.Time `ch:"uploaded_on"`
	WithdrawnOn  *time.Time `ch:"withdrawn_on"`
	UnseenOn     *time.Time `ch:"unseen_on"` // last successful collection in which the record was not yet there
	ShownOn      *time.Time `ch:"shown_on"`  // latest day of publication that an earlier version showed
	Scope        string     `ch:"scope"`
	Channel      string     `ch:"channel"`
	URL          string     `ch:"url"`
	Place        string     `ch:"place"` // file, sheet and row, or address, it was read from
	Online       bool       `ch:"online"`
	DatedBySight bool       `ch:"dated_by_sight"` // carried no date: published_on is the day it was first seen
	Gone         bool       `ch:"gone"`           // a complete source no longer had it
	ForSociety   bool       `ch:"for_society"`    // of Store.ForSociety: the record is for society now
	ContentBytes uint64     `ch:"content_bytes"`  // of its raw content; 0: none was kept

	// What the retention policy has removed of the version: so many bytes of raw content, when, by which policy (10y), with which SHA-256 in
	// hexadecimal digits. 0 bytes: nothing.
	RemovedBytes  uint64    `ch:"removed_bytes"`
	RemovedAt     time.Time `ch:"removed_at"`
	RemovedPolicy string    `ch:"removed_policy"`
	RemovedSHA256 string    `ch:"removed_sha256"`

	// Of the record, the same in every version: how many superseded versions the policy has removed.
	SupersededRemoved   uint64    `ch:"superseded_removed"`
	SupersededRemovedAt time.Time `ch:"superseded_removed_at"`
	SupersededPolicy    string    `ch:"superseded_policy"`
}

// Proof looks one record up, as it was known at the question's time of knowledge.
func (s *Store) Proof(ctx context.Context, question Question, source, recordID string) (Proof, error) {
	proof := Proof{Source: source, RecordID: recordID}
	load, err := s.loadInForce(ctx, question)
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

// Content is the raw content of an online record, as its source had it.
type Content struct {
	Version uint64    `ch:"version"` // of the record; a withdrawal has no content of its own, the one before it stays
	Seen    time.Time `ch:"seen"`    // instant, UTC
	Text    string    `ch:"content"` // the row as JSON, or the page's part, as the kind of source tells it
}

// Content is the raw content of the latest version of a record that has one; found is false when none was kept.
func (s *Store) Content(ctx context.Context, source, recordID string) (content Content, found bool, err error) {
	return s.ContentOf(ctx, source, recordID, 0)
}

// ContentOf is Content of one version of the record.
func (s *Store) ContentOf(ctx context.Context, source, recordID string, version uint64) (content Content, found bool, err error) {
	if s.society != nil { // a page's part may hold more than its record
		return Content{}, false, nil
	}
	var rows []Content
	if err := s.selectQuestion(ctx, "proof/content", &rows, Question{}, 0, clickhouse.Named("source", source),
		clickhouse.Named("record_id", recordID), clickhouse.Named("version", strconv.FormatUint(version, 10))); err != nil {
		return Content{}, false, fmt.Errorf("read the raw content of record %s of %s: %w", recordID, source, err)
	}
	if len(rows) == 0 {
		return Content{}, false, nil
	}
	return rows[0], true, nil
}
