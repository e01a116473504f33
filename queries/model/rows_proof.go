package model

import "time"

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
	ForSociety   bool       `ch:"for_society"`    // of Asker.ForSociety: the record is for society now
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

// Content is the raw content of an online record, as its source had it.
type Content struct {
	Version uint64    `ch:"version"` // of the record; a withdrawal has no content of its own, the one before it stays
	Seen    time.Time `ch:"seen"`    // instant, UTC
	Text    string    `ch:"content"` // the row as JSON, or the page's part, as the kind of source tells it
}
