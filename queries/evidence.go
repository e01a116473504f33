package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// BackdatedRow is a record that the evidence says was published later than it claims (SPEC §3). Days are civil days at midnight UTC.
type BackdatedRow struct {
	UnitID      string    `ch:"unit_id"`
	Unit        string    `ch:"unit"`
	ItemID      string    `ch:"item_id"`
	Item        string    `ch:"item"`
	Title       string    `ch:"title"`
	Source      string    `ch:"source"`
	RecordID    string    `ch:"record_id"`
	PublishedOn time.Time `ch:"published_on"`
	EvidencedOn time.Time `ch:"evidenced_on"`
	Days        int64     `ch:"days"`        // between the two
	ByUpload    bool      `ch:"by_upload"`   // the uploaded day says so
	ByEarlier   bool      `ch:"by_earlier"`  // an earlier version showed that day; of neither: a collection in which it was not yet there
	ForSociety  bool      `ch:"for_society"` // shown to society, as its item allows
	Found       uint64    `ch:"found"`       // how many there are beside the limit
}

// EvidenceRow counts the evidence of a source's records that the window published. Instants are in UTC.
type EvidenceRow struct {
	Source       string    `ch:"source"`
	Online       bool      `ch:"online"`
	Records      uint64    `ch:"records"`
	Uploaded     uint64    `ch:"uploaded"`      // with uploaded_on
	SeenToCome   uint64    `ch:"seen_to_come"`  // a collection before had not got them yet
	WithEvidence uint64    `ch:"with_evidence"` // from an online source or with uploaded_on
	DatedBySight uint64    `ch:"dated_by_sight"`
	Backdated    uint64    `ch:"backdated"`
	FirstSeen    time.Time `ch:"first_seen"` // of the record seen first
	LastSeen     time.Time `ch:"last_seen"`  // of the record seen last
}

// Backdated lists the backdated records that the window published, most days first, at most so many.
func (s *Store) Backdated(ctx context.Context, question Question, limit int) (rows []BackdatedRow, err error) {
	err = s.selectFormulated(ctx, "evidence/backdated", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Evidence lists the sources of the records that the window published, those with most records first.
func (s *Store) Evidence(ctx context.Context, question Question) (rows []EvidenceRow, err error) {
	err = s.selectFormulated(ctx, "evidence/sources", &rows, question)
	return rows, err
}
