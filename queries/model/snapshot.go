package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// Snapshot is everything that /metrics says of the data, as of now in the default window (SPEC §8).
// A lapse counts whatever the window's start: the window's lapsed and the carried ones since `since` together.
// Units not active on the as-of day, and what belongs to them, are left out.
type Snapshot struct {
	Units   []SnapshotUnit
	Items   []SnapshotItem
	Groups  []SnapshotGroup
	Lapses  []SnapshotLapse
	Dues    []SnapshotDue
	Sources []SnapshotSource
}

// SnapshotUnit is one unit active on the as-of day.
type SnapshotUnit struct {
	UnitID         string           `ch:"unit_id"`
	Unit           string           `ch:"unit"`
	Tier           string           `ch:"tier"`
	Group          string           `ch:"group"`  // organs, towns, villages, district
	Parent         string           `ch:"parent"` // the parent's unit_id
	Contact        string           `ch:"contact"`
	Coverage       *decimal.Decimal `ch:"coverage"`   // as in the ranking of the default window, scope own; nil: no value
	Timeliness     *decimal.Decimal `ch:"timeliness"` // likewise
	Score          *decimal.Decimal `ch:"score"`      // likewise
	OnTime         uint64           `ch:"on_time"`
	Late           uint64           `ch:"late"`
	Lapsed         uint64           `ch:"lapsed"`         // in the window
	CarriedLapsed  uint64           `ch:"carried_lapsed"` // before it, from `since`
	Pending        uint64           `ch:"pending"`
	Unverified     uint64           `ch:"unverified"`
	Exempt         uint64           `ch:"exempt"`
	Undated        uint64           `ch:"undated"`
	SourcesFailing uint64           `ch:"sources_failing"` // sources that cover the unit (any of its items) whose latest ended collection failed
}

// SnapshotItem is one item of the catalogue in force that some active unit owes or has an obligation for.
type SnapshotItem struct {
	ItemID    string `ch:"item_id"`
	Item      string `ch:"item"`
	Class     string `ch:"class"`
	Programme string `ch:"programme"`
}

// SnapshotGroup is one group of SPEC §1, or all, as in the summary of the default window.
type SnapshotGroup struct {
	Group                string           `ch:"group"`
	Coverage             *decimal.Decimal `ch:"coverage"`
	Timeliness           *decimal.Decimal `ch:"timeliness"`
	EvidencedTimeliness  *decimal.Decimal `ch:"evidenced_timeliness"`
	OrganisationCoverage *decimal.Decimal `ch:"organisation_coverage"`
	MemberCoverage       *decimal.Decimal `ch:"member_coverage"`
	ClearUnits           *decimal.Decimal `ch:"clear_units"`
	Lapsed               uint64           `ch:"lapsed"`         // in the window
	CarriedLapsed        uint64           `ch:"carried_lapsed"` // before it, from `since`
	Unverified           uint64           `ch:"unverified"`
	Backdated            uint64           `ch:"backdated"` // sum of the ranking's backdated over the group's units
}

// SnapshotPatrol is what patrol has found and seen of one group of SPEC §1, or all.
type SnapshotPatrol struct {
	Group    string
	Seen     uint64            // addresses of whose last visit anything is known
	Recent   uint64            // of them within PatrolDays days
	Failing  uint64            // of the recent: do not open
	Texts    uint64            // that were read
	Findings map[string]uint64 // that are open or confirmed, by kind
}

// SnapshotLapse is the oldest lapse of a unit's item: of its obligations in the `lapsed` report the one with the
// earliest LapsedAfter, then the smallest period. One row for each unit and item.
type SnapshotLapse struct {
	UnitID      string    `ch:"unit_id"`
	ItemID      string    `ch:"item_id"`
	Period      string    `ch:"period"`
	LapsedAfter time.Time `ch:"lapsed_after_on"` // the due day; standing: or the later withdrawal's day. The metric is that day's end in the zone
	WorkingDays int64     `ch:"working_days"`    // working days after that day up to and with the as-of day
}

// SnapshotDue is the next obligation of a unit's item that is not met and due within 30 days, whatever the window:
// state pending, as-of ≤ due ≤ as-of + 30 days, the earliest due, then the smallest period. One row for each unit and item.
type SnapshotDue struct {
	UnitID      string    `ch:"unit_id"`
	ItemID      string    `ch:"item_id"`
	Period      string    `ch:"period"`
	DueOn       time.Time `ch:"due_on"`       // the metric is that day's end in the zone
	WorkingDays int64     `ch:"working_days"` // working days after the as-of day up to and with the due day
}

// SnapshotSource is one source that the load in force names, with sums over all its collections, so that counters survive a restart.
type SnapshotSource struct {
	Source          string     `ch:"source"`
	LastSuccess     *time.Time `ch:"last_success"` // end of the latest successful collection; nil: none
	LastOutcome     string     `ch:"last_outcome"` // success, failed or empty: of the latest ended collection
	New             uint64     `ch:"new"`          // sums over all ended collections
	Changed         uint64     `ch:"changed"`
	Unchanged       uint64     `ch:"unchanged"`
	Rejected        uint64     `ch:"rejected"`
	Collections     uint64     `ch:"collections"`      // ended ones
	DurationSeconds float64    `ch:"duration_seconds"` // sum of ended_at - started_at over them
	DurationCounts  []uint64   `ch:"duration_counts"`  // for each of DurationBounds: how many lasted at most so long (cumulative)
	// DurationBuckets counts the collections that lasted more than 2^((i-1)/8) and at most 2^(i/8) seconds, by i; those without a duration are left out.
	DurationBuckets map[int32]uint64 `ch:"duration_buckets"`
}

// DurationBounds are the upper bounds in seconds of the collection duration histogram's buckets.
func DurationBounds() []float64 { return []float64{1, 5, 15, 60, 300, 900, 3600} }
