package identity

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/records"
)

// row is a staged row with the id 1; its version is its place among them.
func row(place, unit, slot, channel string, rest uint64) records.IdentityRow {
	hash := rest * 100
	for _, b := range channel {
		hash = hash*31 + uint64(b)
	}
	return records.IdentityRow{Staged: true, RecordID: "1", UnitID: unit, ItemID: "G1", Slot: slot, Channel: channel, Place: place, Rest: rest, Hash: hash}
}

func TestIdsThatComeAgain(t *testing.T) {
	const q1, q2 = "p2026-01-01/2026-03-31", "p2026-04-01/2026-06-30"
	inForce := row("", "V2", q1, "board", 9)
	inForce.Staged = false
	for _, test := range []struct {
		name string
		rows []records.IdentityRow
		want []string // what becomes of each row: taken, rejected, disputed, merged, or its channels
	}{
		{"a correction", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("a:3", "V1", q1, "board", 2)}, []string{"taken", "taken"}},
		{"the same row twice", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("b:2", "V1", q1, "board", 1)}, []string{"taken", "taken"}},
		{"another unit in the file", []records.IdentityRow{row("a.xlsx:s!2", "V1", q1, "board", 1), row("a.xlsx:t!2", "V2", q1, "board", 2)}, []string{"taken", "rejected a.xlsx:s!2"}},
		{"another unit in another file", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("b:2", "V2", q1, "board", 2)}, []string{"taken", "disputed a:2"}},
		{"another period", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("a:3", "V1", q2, "board", 2)}, []string{"taken", "rejected a:2"}},
		{"another day of an event", []records.IdentityRow{row("a:2", "V1", "o2026-01-02", "board", 1), row("a:3", "V1", "o2026-01-03", "board", 2)}, []string{"taken", "rejected a:2"}},
		{"another day of publication", []records.IdentityRow{row("a:2", "V1", "d2026-01-02", "board", 1), row("a:3", "V1", "d2026-01-03", "board", 2)}, []string{"taken", "taken"}},
		{"the period is written once", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("a:3", "V1", "d2026-04-03", "board", 2)}, []string{"taken", "taken"}},
		{"the record in force is the later row's", []records.IdentityRow{inForce, row("a:2", "V1", q1, "board", 1), row("b:2", "V2", q1, "board", 2)}, []string{"disputed b:2", "taken"}},
		{"the record in force is nobody's", []records.IdentityRow{inForce, row("a:2", "V3", q1, "board", 1), row("b:2", "V4", q1, "board", 2)}, []string{"taken", "disputed a:2"}},
		{"three of which two agree", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("b:2", "V2", q1, "board", 2), row("c:2", "V1", q1, "board", 3)}, []string{"taken", "disputed a:2", "taken"}},
		{"two channels", []records.IdentityRow{row("a:2", "V1", q1, "wechat_group", 1), row("a:3", "V1", q1, "board", 1)}, []string{"merged", "board|wechat_group"}},
		{"several channels in one row", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("a:3", "V1", q1, "website|board", 1)}, []string{"merged", "taken"}},
		{"a channel that was corrected with the rest", []records.IdentityRow{row("a:2", "V1", q1, "board", 1), row("a:3", "V1", q1, "website", 2)}, []string{"taken", "taken"}},
		{"no channel, then one", []records.IdentityRow{row("a:2", "V1", q1, "", 1), row("a:3", "V1", q1, "website", 1)}, []string{"merged", "taken"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for i := range test.rows {
				test.rows[i].Version = uint64(i + 1)
				if test.rows[i].Staged {
					got = append(got, "taken")
				}
			}
			skipped := len(test.rows) - len(got)
			for _, resolution := range (&Rules{Files: true}).Repeated(test.rows) {
				at := int(resolution.Version) - 1 - skipped
				_, first, _ := strings.Cut(resolution.Reason, "first at ")
				first, _, _ = strings.Cut(first, ";")
				switch {
				case resolution.Disputed:
					got[at] = "disputed " + first
				case resolution.Reason != "":
					got[at] = "rejected " + first
				case resolution.Merged:
					got[at] = "merged"
				default:
					got[at] = resolution.Channel
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// The version made of several rows is the same in whatever order they come.
func TestMergedRowsAreOneVersion(t *testing.T) {
	a, b := row("a:2", "V1", "s", "board", 1), row("a:3", "V1", "s", "website", 1)
	one, _ := merge([]records.IdentityRow{a, b})
	other, _ := merge([]records.IdentityRow{b, a})
	if one.Hash != other.Hash || one.Channel != other.Channel || one.Channel != "website|board" {
		t.Errorf("%s %x and %s %x", one.Channel, one.Hash, other.Channel, other.Hash)
	}
	if one.Hash == a.Hash || one.Hash == b.Hash {
		t.Error("all channels are no other version than one")
	}
}
