package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// Rules are what figures are computed by, beside the definitions: the settings of the registry load in force.
type Rules struct {
	Assessment    Assessment
	LoadedAt      time.Time // when the load was written, UTC
	Program       string    // version of the program that wrote it
	Timezone      string    // of every civil day
	Since         time.Time // of the configuration; zero: none
	Beginning     time.Time // the day before which nobody is accused: see Asker.Beginning
	ToleranceDays uint16    // a record is back-dated beyond them
	Example       *DueExample
}

// CarriedSince is the day from which carried lapses of an as-of day count (SPEC §5).
func (r Rules) CarriedSince(asOf time.Time) time.Time {
	yearBefore := time.Date(asOf.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC)
	if r.Since.IsZero() && r.Beginning.Before(yearBefore) {
		return yearBefore
	}
	return r.Beginning
}

// DueExample is one obligation's due day. Days are civil days at midnight UTC.
type DueExample struct {
	ItemID   string    `ch:"item_id"`
	Item     string    `ch:"item"`
	Cadence  string    `ch:"cadence"`
	DueDays  uint16    `ch:"due_days"`
	DayKind  string    `ch:"day_kind"` // natural, working
	Period   string    `ch:"period"`
	EndOn    time.Time `ch:"end_on"` // the period's last day
	DueOn    time.Time `ch:"due_on"`
	RestDays *uint64   `ch:"rest_days"` // after EndOn, up to DueOn
}

// CatalogueRow is one item of the report catalogue; Tier, Scope and Channel are lists of codes joined by |, empty for any.
type CatalogueRow struct {
	ItemID      string     `column:"item_id"`
	Item        string     `column:"item"`
	Programme   string     `column:"programme"`
	Catalogue   string     `column:"catalogue"`
	Tier        string     `column:"tier"`
	Focus       string     `column:"focus"`
	Class       string     `column:"class"`
	Scope       string     `column:"scope"`
	Channel     string     `column:"channel"`
	Cadence     string     `column:"cadence"`
	DueDays     int64      `column:"due_days"`
	DayKind     string     `column:"day_kind"`
	DisplayDays int64      `column:"display_days"`
	NotBefore   string     `column:"not_before"`
	ValidFrom   *time.Time `column:"valid_from"`
	ValidTo     *time.Time `column:"valid_to"`
	LegalBasis  string     `column:"legal_basis"`
	NilReturn   string     `column:"nil_return"` // monthly, quarterly: a period without an event must say so; empty: none need
}

// CalendarRow is one exception to Monday–Friday, a row of the report calendar.
type CalendarRow struct {
	Day  time.Time `column:"day"`
	Kind string    `column:"calendar_kind"` // holiday, workday
}

// ExemptionRow is one exemption of the report exemptions; "*" is every unit or item, which then has no name.
type ExemptionRow struct {
	UnitID     string     `column:"unit_id"`
	Unit       string     `column:"unit"`
	ItemID     string     `column:"item_id"`
	Item       string     `column:"item"`
	FromOn     *time.Time `column:"from_on"`
	ToOn       *time.Time `column:"to_on"`
	Reason     string     `column:"reason"`
	ApprovedBy string     `column:"approved_by"`
}

// InspectionRow is one inspection of a demonstration site, a row of the report inspections. Days are civil days at midnight UTC; the score and
// the aspects are points with 2 decimals.
type InspectionRow struct {
	UnitID       string          `column:"unit_id"`
	Unit         string          `column:"unit"`
	InspectedOn  time.Time       `column:"inspected_on"`
	Score        decimal.Decimal `column:"score"`
	Venue        decimal.Decimal `column:"venue"`
	Organisation decimal.Decimal `column:"organisation"`
	Operation    decimal.Decimal `column:"operation"`
	Disclosure   decimal.Decimal `column:"disclosure"`
	Publicity    decimal.Decimal `column:"publicity"`
	Inspector    string          `column:"inspector"`
}

// ObservationRow is one unit's visit to a demonstration site, a row of the report observations.
type ObservationRow struct {
	UnitID    string    `column:"unit_id"` // the site
	Unit      string    `column:"unit"`
	VisitedOn time.Time `column:"visited_on"` // a civil day at midnight UTC
	VisitorID string    `column:"visitor_id"`
	Visitor   string    `column:"visitor"`
	Attendees int64     `column:"attendees"`
	Tier      string    `column:"tier"` // the visitor's
}

// AreaRow is a unit that has units below it.
type AreaRow struct {
	UnitID string `ch:"unit_id"`
	Unit   string `ch:"unit"`
	Units  uint64 `ch:"units"` // with itself
}
