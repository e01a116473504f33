package identity

import (
	"fmt"
	"strings"

	"yangguang/queries"
)

// Repeated implements queries.Teller. The first row that agrees with the record in force, or else the first, has the id; rows of other units,
// items, periods or days are not corrections of it.
func (r *Rules) Repeated(rows []queries.IdentityRow) (resolutions []queries.Resolution) {
	var record *queries.IdentityRow
	var staged []queries.IdentityRow
	for i := range rows {
		if rows[i].Staged {
			staged = append(staged, rows[i])
		} else {
			record = &rows[i]
		}
	}
	if len(staged) == 0 {
		return nil
	}
	first := staged[0]
	if record != nil {
		for _, row := range staged {
			if agree(row, *record) {
				first = row
				break
			}
		}
	}
	var own []queries.IdentityRow
	for _, row := range staged {
		if agree(row, first) {
			own = append(own, row)
			continue
		}
		resolutions = append(resolutions, queries.Resolution{
			Version: row.Version, RecordID: row.RecordID, Channel: row.Channel, Hash: row.Hash, Reason: collision(row, first),
			Disputed: r.Files && fileOf(row.Place) != fileOf(first.Place),
		})
	}
	return append(resolutions, settle(own, first.RecordID)...)
}

// agree tells whether two rows are for the same unit and item and for the same period or day, as far as they say one.
func agree(a, b queries.IdentityRow) bool {
	return a.UnitID == b.UnitID && a.ItemID == b.ItemID && (a.Slot == b.Slot || !says(a) || !says(b))
}

func says(row queries.IdentityRow) bool {
	return strings.HasPrefix(row.Slot, "p") || strings.HasPrefix(row.Slot, "o")
}

// collision says whose the id is, and what would be right.
func collision(row, first queries.IdentityRow) string {
	of := "unit " + first.UnitID + ", item " + first.ItemID
	if says(first) {
		of += ", " + strings.TrimLeft(first.Slot, "po")
	}
	return fmt.Sprintf("record_id: %q is the id of another disclosure (%s), first at %s; ids must be unique within a source: write another, or leave it empty",
		row.RecordID, of, first.Place)
}

// fileOf is the file of a place file:row or file:sheet!row.
func fileOf(place string) string {
	if at := strings.LastIndexByte(place, ':'); at >= 0 {
		return place[:at]
	}
	return place
}
