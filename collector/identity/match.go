package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yangguang/queries/civil"
	"yangguang/queries/records"
)

// Derived implements records.Teller.
func (r *Rules) Derived(rows []records.IdentityRow) (resolutions []records.Resolution) {
	var staged, written []records.IdentityRow
	var records, others []*disclosure // in force: derived ones, and those with a written id
	for _, row := range rows {
		switch {
		case !row.Staged:
			d := r.disclosure(row)
			d.id = row.RecordID
			if r.underived(row) {
				others = append(others, d)
			} else {
				records = append(records, d)
			}
		case row.Derived:
			staged = append(staged, row)
		default:
			written = append(written, row)
		}
	}
	shown := r.gather(staged)
	r.match(shown, records)
	fresh := name(shown, records)
	for _, d := range shown {
		resolutions = append(resolutions, settle(d.rows, d.id)...)
	}
	if r.Online {
		known := map[string]bool{}
		for _, other := range others {
			known[other.id] = true
		}
		for _, row := range written {
			if !known[row.RecordID] {
				d := r.disclosure(row)
				d.id = row.RecordID
				fresh = append(fresh, d)
			}
		}
		resolutions = seenBefore(resolutions, fresh, append(records, others...))
	}
	return resolutions
}

// match gives the disclosures shown the records in force that they are (SPEC §3 "Over time …"), each record to one: what is wholly alike first,
// then what stands at the same address for the same period or day, then what is the same at another address, then what else stands at the address, if it is one thing.
func (r *Rules) match(shown, records []*disclosure) {
	r.pair(shown, records, func(d *disclosure) (any, bool) { return d.whole(), true }, unchanged)
	r.pair(shown, records, func(d *disclosure) (any, bool) { return d.whole(), true }, nil)
	r.pair(shown, records, func(d *disclosure) (any, bool) {
		return key{slot: d.slot, eventID: d.eventID, address: d.address}, d.address != ""
	}, nil)
	r.pair(shown, records, func(d *disclosure) (any, bool) { return key{slot: d.slot, eventID: d.eventID, title: d.title}, true }, nil)
	// A day of seeing is no part of what was seen, on either side.
	r.pair(shown, records, func(d *disclosure) (any, bool) {
		return key{eventID: d.eventID, title: d.title}, d.slot == seen || strings.HasPrefix(d.slot, "d")
	}, func(a, b *disclosure) bool { return a.slot == seen || b.slot == seen })
	several := map[string]int{} // disclosures that one address shows
	for _, d := range shown {
		several[d.address]++
	}
	r.pair(shown, records, func(d *disclosure) (any, bool) { return d.address, d.address != "" && several[d.address] < 2 }, r.isVersion)
	r.stand(shown, records)
}

// stand counts the records in whose place something stands with another address or title. Where that is so of at least half of what the last
// look had, it is the site's doing (SPEC §3 "Evidence"), and what stands in a record's place is this record.
func (r *Rules) stand(shown, records []*disclosure) {
	by := map[string]*disclosure{}
	for _, record := range records {
		by[record.id] = record
	}
	for _, d := range shown {
		if record := by[d.id]; record != nil && record.last().Looked && record.slot == d.slot && (record.title != d.title || record.address != d.address) {
			r.inPlace++
		}
	}
	found := slices.Clone(shown)
	for i, d := range found {
		copied := *d
		found[i] = &copied
	}
	r.pair(found, records, func(d *disclosure) (any, bool) { return d.slot, d.slot != seen }, func(_, record *disclosure) bool { return record.last().Looked })
	for i, d := range found {
		if d.id == shown[i].id {
			continue
		}
		r.inPlace, r.replaced = r.inPlace+1, r.replaced+1
		if r.changed {
			shown[i].id = d.id
		}
	}
}

// Begin implements records.Teller.
func (r *Rules) Begin() { r.inPlace, r.replaced = 0, 0 }

// Changed implements records.Teller.
func (r *Rules) Changed(before func() (uint64, error)) (bool, error) {
	if r.AllStand || r.inPlace == 0 { // nothing stands in a record's place, however many there were
		return false, nil
	}
	of, err := before()
	if err != nil || of == 0 || 2*r.inPlace < of {
		return false, err
	}
	r.InPlace, r.changed = r.inPlace, r.replaced > 0
	return r.changed, nil
}

// seen is the slot of what says no day.
const seen = "s"

// pair gives those that have no record yet the first record of the same key that no other has and that may be theirs.
func (r *Rules) pair(shown, records []*disclosure, of func(*disclosure) (any, bool), may func(shown, record *disclosure) bool) {
	taken := map[string]bool{}
	for _, d := range shown {
		taken[d.id] = true
	}
	by := map[any][]*disclosure{}
	for _, record := range records {
		if key, ok := of(record); ok && !taken[record.id] {
			by[key] = append(by[key], record)
		}
	}
	for _, queue := range by { // the one published last is the one that an address shows
		slices.SortStableFunc(queue, func(a, b *disclosure) int {
			return cmp.Or(b.last().PublishedOn.Compare(a.last().PublishedOn), strings.Compare(a.id, b.id))
		})
	}
	for _, d := range shown {
		key, ok := of(d)
		if d.id != "" || !ok {
			continue
		}
		queue := by[key]
		at := slices.IndexFunc(queue, func(record *disclosure) bool { return may == nil || may(d, record) })
		if at < 0 {
			continue
		}
		d.id = queue[at].id
		by[key] = slices.Delete(slices.Clone(queue), at, at+1)
	}
}

// unchanged reports whether a row says what its record says: where two records are alike, each stays with its own.
func unchanged(shown, record *disclosure) bool {
	return shown.last().RecordID == record.id
}

// isVersion reports whether what stands at a record's address now is a version of it: not if it is for another period or day and was published later.
func (r *Rules) isVersion(shown, record *disclosure) bool {
	return r.meant(shown) == r.meant(record) || !shown.last().PublishedOn.After(record.last().PublishedOn)
}

// meant is the period or the day of occurrence; without either, of an item that is due for calendar periods, the one in which it was published.
func (r *Rules) meant(d *disclosure) string {
	row := d.last()
	switch months := r.Months(row.ItemID); {
	case d.slot == seen || strings.HasPrefix(d.slot, "d") && months == 0:
		return ""
	case strings.HasPrefix(d.slot, "d"):
		return "c" + strconv.Itoa(monthsOf(row.PublishedOn)/months)
	}
	return d.slot
}

func monthsOf(day civil.Day) int {
	year, month := day.Month()
	return year*12 + int(month) - 1
}

// name gives ids to what is new, which it returns: the id that its first row would have, unless that is another's.
func name(shown, records []*disclosure) (fresh []*disclosure) {
	taken := map[string]bool{}
	for _, record := range records {
		taken[record.id] = true
	}
	for _, d := range shown {
		if d.id != "" {
			continue
		}
		id := d.rows[0].RecordID
		for n := 2; taken[id]; n++ {
			id = d.rows[0].RecordID + "-" + strconv.Itoa(n)
		}
		d.id, taken[id] = id, true
		fresh = append(fresh, d)
	}
	return fresh
}

// seenBefore says of new records whose disclosure the source showed before, as another record: it was not there when that one was not.
func seenBefore(resolutions []records.Resolution, fresh, earlier []*disclosure) []records.Resolution {
	type disclosed struct{ slot, title string }
	first := map[disclosed]civil.Day{}
	for _, record := range earlier {
		of := disclosed{record.slot, record.title}
		if unseen, known := first[of]; !known || record.last().UnseenOn.Before(unseen) {
			first[of] = record.last().UnseenOn
		}
	}
	at := map[uint64]int{}
	for i, resolution := range resolutions {
		at[resolution.Version] = i
	}
	for _, d := range fresh {
		unseen, known := first[disclosed{d.slot, d.title}]
		if !known {
			continue
		}
		for _, row := range d.rows {
			i, resolved := at[row.Version]
			if !resolved {
				i = len(resolutions)
				resolutions = append(resolutions, records.Resolution{Version: row.Version, RecordID: d.id, Channel: row.Channel, Hash: row.Hash})
			}
			resolutions[i].Unseen, resolutions[i].UnseenOn = true, unseen
		}
	}
	return resolutions
}
