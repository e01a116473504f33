package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// ChannelRow counts the records of an item's met obligations that were published through one channel; a record through several is in the row of each.
type ChannelRow struct {
	ItemID  string `ch:"item_id"`
	Item    string `ch:"item"`
	Channel string `ch:"channel"` // empty: the records name none
	Records uint64 `ch:"records"`
	Allowed bool   `ch:"allowed"` // the item allows the channel
	OfItem  uint64 `ch:"of_item"` // records of the item through any channel
}

// OverexposedRow is a record shown to society though its item does not allow it (SPEC §5). Days are civil days at midnight UTC.
type OverexposedRow struct {
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Title       string     `ch:"title"`
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	PublishedOn time.Time  `ch:"published_on"`
	WithdrawnOn *time.Time `ch:"withdrawn_on"`
	Channel     string     `ch:"channel"`
	Scopes      []string   `ch:"scopes"`      // that the item allows
	ForSociety  bool       `ch:"for_society"` // shown to society, as its item allows
	Found       uint64     `ch:"found"`       // how many there are beside the limit
}

// MisplacedRow is a record that does not satisfy placement (SPEC §5). Days are civil days at midnight UTC.
type MisplacedRow struct {
	UnitID         string     `ch:"unit_id"`
	Unit           string     `ch:"unit"`
	ItemID         string     `ch:"item_id"`
	Item           string     `ch:"item"`
	Period         string     `ch:"period"`
	Title          string     `ch:"title"`
	Source         string     `ch:"source"`
	RecordID       string     `ch:"record_id"`
	PublishedOn    time.Time  `ch:"published_on"`
	WithdrawnOn    *time.Time `ch:"withdrawn_on"`
	DisplayDays    uint16     `ch:"display_days"` // it must stay up
	Scope          string     `ch:"scope"`
	Channel        string     `ch:"channel"`
	Scopes         []string   `ch:"scopes"`   // that the item allows; none: any
	Channels       []string   `ch:"channels"` // likewise
	ScopeAllowed   bool       `ch:"scope_allowed"`
	ChannelAllowed bool       `ch:"channel_allowed"`
	Displayed      bool       `ch:"displayed"`   // it is up, or was for display_days
	MetPlaced      bool       `ch:"met_placed"`  // another record of its obligation satisfies placement
	ForSociety     bool       `ch:"for_society"` // shown to society, as its item allows
	Found          uint64     `ch:"found"`       // how many there are beside the limit
}

// Channels lists the channels of each item's records, the items with most records first.
func (s *Store) Channels(ctx context.Context, question Question) (rows []ChannelRow, err error) {
	err = s.selectFormulated(ctx, "placement/channels", &rows, question)
	return rows, err
}

// Overexposed lists the overexposed records that the window published, the latest first, at most so many.
func (s *Store) Overexposed(ctx context.Context, question Question, limit int) (rows []OverexposedRow, err error) {
	err = s.selectFormulated(ctx, "placement/overexposed", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Misplaced lists the records of met obligations that do not satisfy placement, the latest published first, at most so many.
func (s *Store) Misplaced(ctx context.Context, question Question, limit int) (rows []MisplacedRow, err error) {
	err = s.selectFormulated(ctx, "placement/misplaced", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
