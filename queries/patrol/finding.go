package patrol

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
)

// Kinds of findings beside outcomes of visits; model.FindingKinds lists all of them.
const (
	IDNumber  = "id_number" // private data in the open
	BankCard  = "bank_card"
	Mobile    = "mobile"
	TakenDown = "taken_down" // gone before its item's display_days
	Broken    = "attachment_broken"
	NoText    = "attachment_empty"
	Empty     = "empty"
	TitleOnly = "title_only"
	TooShort  = "too_short"
	Elsewhere = "other_place"
	Otherwhen = "other_period"
	Copied    = "copied"
	Repeated  = "repeated"
	Rushed    = "rushed"
	Backdated = "backdated"
)

// Finding is something that people should look at: of a record's content (Place empty), of an attachment or page of it (Place its address), or, without a
// record, of a unit's records together. Days are civil days, midnight UTC.
type Finding struct {
	ID            uint64    `ch:"finding_id"` // as Report makes it
	Kind          string    `ch:"kind"`
	Source        string    `ch:"source"`
	RecordID      string    `ch:"record_id"`
	Version       uint64    `ch:"version"`
	Place         string    `ch:"place"`
	UnitID        string    `ch:"unit_id"`
	ItemID        string    `ch:"item_id"`
	Period        string    `ch:"period"` // as reports write it
	URL           string    `ch:"url"`
	FoundOn       time.Time `ch:"found_on"`     // since when it has stood; Report keeps the first day
	OtherSource   string    `ch:"other_source"` // of the record that it is held against; empty: none
	OtherRecordID string    `ch:"other_record_id"`
	OtherVersion  uint64    `ch:"other_version"`
	Proof         string    `ch:"proof"` // JSON; private data masked
}

// id is the same whenever the same is found again.
func (f Finding) id() uint64 {
	key := []string{f.Kind, f.Source, f.RecordID, f.Place, f.OtherSource, f.OtherRecordID}
	if f.RecordID == "" {
		key = append(key, f.UnitID, f.ItemID, f.Period)
	}
	hash := xxhash.New()
	for _, part := range key {
		var length [8]byte
		binary.LittleEndian.PutUint64(length[:], uint64(len(part)))
		_, _ = hash.Write(length[:])
		_, _ = hash.WriteString(part)
	}
	return hash.Sum64()
}

// same reports whether nothing needs to be written where before stands.
func (f Finding) same(before Finding) bool {
	f.FoundOn, before.FoundOn = time.Time{}, time.Time{}
	return f == before
}

// problem says what a finding lacks; empty: nothing.
func (f Finding) problem() string {
	switch {
	case f.Kind == "" || strings.TrimSpace(f.UnitID) == "":
		return "a finding needs its kind and unit"
	case (f.Source == "") != (f.RecordID == ""):
		return "a finding of a record needs its source and id"
	case f.FoundOn.IsZero():
		return "a finding needs the day on which it was found"
	}
	return ""
}
