package identity

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"yangguang/collector/record"
	"yangguang/queries/records"
)

// Rules are how a source's disclosures are told apart (SPEC §3). It is a records.Teller.
type Rules struct {
	Ignored []string                // parameters of addresses that say nothing
	Months  func(itemID string) int // of an item's cadence; 0: no calendar period
	Files   bool                    // places are file:row or file:sheet!row
	Online  bool
	// IDsWereAddresses: rows without an id may be versions of records whose ids are addresses (collector.Readdressed).
	IDsWereAddresses bool
	// AllStand: as far down as the list was read, all rows of the last look stand as they did, so what is new stands in the place of none.
	AllStand bool

	// InPlace is how many records have another address or title, where they are at least half of those of the last look, which is then the site's
	// doing; else 0.
	InPlace uint64

	inPlace, replaced uint64 // records with another address or title; of these, those that no rule but Changed finds again
	changed           bool
}

// disclosure is a staged row's, or several rows', or that of a record in force.
type disclosure struct {
	slot, eventID, title, address string // title folded, address in its normal form
	rows                          []records.IdentityRow
	id                            string // of the record; empty: not known yet
}

func (d *disclosure) last() *records.IdentityRow { return &d.rows[len(d.rows)-1] }

func (r *Rules) disclosure(row records.IdentityRow) *disclosure {
	return &disclosure{
		slot: row.Slot, eventID: row.EventID, title: record.EventKey("", row.Title), address: Address(row.URL, r.Ignored), rows: []records.IdentityRow{row},
	}
}

// underived reports whether a record in force has an id that was written for it.
func (r *Rules) underived(row records.IdentityRow) bool {
	return !row.Derived && !(r.IDsWereAddresses && IsAddress(row.RecordID))
}

// key is what must be alike for two disclosures to be one.
type key struct{ slot, eventID, title, address string }

func (d *disclosure) whole() key { return key{d.slot, d.eventID, d.title, d.address} }

// gather makes disclosures of the rows of one collection: rows that differ in nothing but what a correction may change are one.
func (r *Rules) gather(rows []records.IdentityRow) (found []*disclosure) {
	by := map[key]*disclosure{}
	for _, row := range rows {
		d := r.disclosure(row)
		if same := by[d.whole()]; same != nil {
			same.rows = append(same.rows, row)
			continue
		}
		by[d.whole()] = d
		found = append(found, d)
	}
	return found
}

// merge leaves out rows that differ from the last one only in their channel, and gives that one all channels.
func merge(rows []records.IdentityRow) (last records.IdentityRow, merged []records.IdentityRow) {
	last = rows[len(rows)-1]
	channels := map[string]bool{}
	hashes := []uint64{last.Hash}
	for _, row := range rows {
		if row.Rest != last.Rest {
			continue
		}
		for _, channel := range strings.Split(row.Channel, "|") {
			channels[channel] = true
		}
		if row.Hash != last.Hash {
			merged, hashes = append(merged, row), append(hashes, row.Hash)
		}
	}
	if joined := joinChannels(channels); joined != last.Channel {
		last.Channel, last.Hash = joined, joinHashes(hashes)
	}
	return last, merged
}

// joinHashes does not depend on the order of the rows: the same ones make the same version.
func joinHashes(hashes []uint64) uint64 {
	slices.Sort(hashes)
	var bytes []byte
	for _, hash := range slices.Compact(hashes) {
		bytes = binary.LittleEndian.AppendUint64(bytes, hash)
	}
	return max(xxhash.Sum64(bytes), 1) // 0 is the hash of a record that is gone
}

// joinChannels writes codes in the order of SPEC §2.
func joinChannels(channels map[string]bool) string {
	var codes []string
	for _, known := range record.Channels() {
		if channels[known.Code] {
			codes = append(codes, known.Code)
		}
	}
	return strings.Join(codes, "|")
}

// settle says what becomes of the rows of one record of the collection; nothing where they are taken as they are.
func settle(rows []records.IdentityRow, id string) (resolutions []records.Resolution) {
	last, merged := merge(rows)
	gone := map[uint64]bool{}
	for _, row := range merged {
		gone[row.Version] = true
	}
	for _, row := range rows {
		resolution := records.Resolution{Version: row.Version, RecordID: id, Channel: row.Channel, Hash: row.Hash, Merged: gone[row.Version]}
		if row.Version == last.Version {
			resolution.Channel, resolution.Hash = last.Channel, last.Hash
		}
		if resolution.Merged || id != row.RecordID || resolution.Hash != row.Hash {
			resolutions = append(resolutions, resolution)
		}
	}
	return resolutions
}
