package identity

import (
	"fmt"
	"strings"
	"time"

	"yangguang/collector/record"
	"yangguang/queries/records"
)

// Repeated implements records.Teller. The first row that agrees with the record in force, or else the first, has the id; rows of other units,
// items, periods or days are not corrections of it.
func (r *Rules) Repeated(rows []records.IdentityRow) (resolutions []records.Resolution) {
	var record *records.IdentityRow
	var staged []records.IdentityRow
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
	var own []records.IdentityRow
	for _, row := range staged {
		if agree(row, first) {
			own = append(own, row)
			continue
		}
		resolutions = append(resolutions, records.Resolution{
			Version: row.Version, RecordID: row.RecordID, Channel: row.Channel, Hash: row.Hash, Reason: collision(row, first),
			Disputed: r.Files && fileOf(row.Place) != fileOf(first.Place),
		})
	}
	return append(resolutions, settle(own, first.RecordID)...)
}

// agree reports whether two rows are for the same unit and item and for the same period or day, as far as they say one.
func agree(a, b records.IdentityRow) bool {
	return a.UnitID == b.UnitID && a.ItemID == b.ItemID && (a.Slot == b.Slot || !says(a) || !says(b))
}

func says(row records.IdentityRow) bool {
	return strings.HasPrefix(row.Slot, "p") || strings.HasPrefix(row.Slot, "o")
}

// collision says whose the id is, and what would be right.
func collision(row, first records.IdentityRow) string {
	of := "unit " + first.UnitID + ", item " + first.ItemID
	if says(first) {
		of += ", " + strings.TrimLeft(first.Slot, "po")
	}
	return fmt.Sprintf("record_id: %q is the id of another disclosure (%s), first at %s; ids must be unique within a source: write another, or leave it empty",
		row.RecordID, of, first.Place)
}

// Ids are the written ids that rows of one source have brought, in order. It is how a trial, which knows no database, finds ids that come again.
type Ids struct {
	events map[string]bool // items that are due for each event
	first  map[string]claim
}

// claim is who has an id.
type claim struct{ unit, item, slot, place string }

// NewIds begins without any row; events are the item_ids that are due for each event.
func NewIds(events []string) *Ids {
	ids := &Ids{events: map[string]bool{}, first: map[string]claim{}}
	for _, item := range events {
		ids.events[item] = true
	}
	return ids
}

// Collision says why a row is rejected whose id belongs to another row before it; empty: it is not.
func (i *Ids) Collision(place string, r *record.Record) string {
	if r.Derived {
		return ""
	}
	own := claim{r.UnitID, r.ItemID, slotOf(r, i.events[r.ItemID]), place}
	first, again := i.first[r.RecordID]
	if !again {
		i.first[r.RecordID] = own
		return ""
	}
	if a, b := own.row(r.RecordID), first.row(r.RecordID); !agree(a, b) {
		return collision(a, b)
	}
	return ""
}

func (c claim) row(id string) records.IdentityRow {
	return records.IdentityRow{RecordID: id, UnitID: c.unit, ItemID: c.item, Slot: c.slot, Place: c.place}
}

// slotOf is the records.IdentityRow.Slot of a record.
func slotOf(r *record.Record, event bool) string {
	day := func(at time.Time) string { return at.Format(time.DateOnly) }
	happened := r.OccurredOn
	if happened.IsZero() {
		happened = r.ApprovedOn
	}
	switch {
	case event && !happened.IsZero():
		return "o" + day(happened)
	case !r.PeriodTo.IsZero():
		return "p" + day(r.PeriodFrom) + "/" + day(r.PeriodTo)
	case !r.OccurredOn.IsZero():
		return "o" + day(r.OccurredOn)
	case r.DatedBySight:
		return seen
	}
	return "d" + day(r.PublishedOn)
}

// fileOf is the file of a place file:row or file:sheet!row.
func fileOf(place string) string {
	if at := strings.LastIndexByte(place, ':'); at >= 0 {
		return place[:at]
	}
	return place
}
