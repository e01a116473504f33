package patrol

import "time"

// Record is a record whose address is visited.
type Record struct {
	Source      string
	RecordID    string
	Version     uint64
	UnitID      string
	ItemID      string
	Title       string
	Period      string    // as written
	PublishedOn time.Time // civil day, midnight UTC
	DisplayDays int       // shortest time that it must stay up; 0: none
}

func (r Record) key(place string) Key { return Key{r.Source, r.RecordID, place} }
