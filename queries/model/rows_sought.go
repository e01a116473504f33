package model

import "time"

// FoundUnit is a unit that search finds, with the number of all that it finds.
type FoundUnit struct {
	UnitID string `ch:"unit_id"`
	Unit   string `ch:"unit"`
	Tier   string `ch:"tier"`
	Parent string `ch:"parent"`
	Found  uint64 `ch:"found"`
}

// FoundItem is an item that search finds, with the number of all that it finds.
type FoundItem struct {
	ItemID    string `ch:"item_id"`
	Item      string `ch:"item"`
	Programme string `ch:"programme"`
	Class     string `ch:"class"`
	Cadence   string `ch:"cadence"`
	Found     uint64 `ch:"found"`
}

// FoundRecord is a record whose title search finds.
type FoundRecord struct {
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Title       string     `ch:"title"`
	Period      string     `ch:"period"`
	PublishedOn *time.Time `ch:"published_on"`
}
