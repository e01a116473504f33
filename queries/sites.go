package queries

import (
	"context"
	"time"

	"github.com/shopspring/decimal"
)

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

// Inspections answers the report inspections: every inspection by the as-of day of the sites that the report sites lists, by site and day.
func (s *Store) Inspections(ctx context.Context, question Question) ([]InspectionRow, error) {
	return rowsOf[InspectionRow](ctx, s, "inspections", question)
}

// Observations answers the report observations: every visit by the as-of day to the sites that the report sites lists, by day.
func (s *Store) Observations(ctx context.Context, question Question) ([]ObservationRow, error) {
	return rowsOf[ObservationRow](ctx, s, "observations", question)
}

func siteDetail() []Column {
	return []Column{{"group", Code}, {"stars", Count}}
}

func inspectionColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"inspected_on", Date},
		{"score", Score},
		{"venue", Score},
		{"organisation", Score},
		{"operation", Score},
		{"disclosure", Score},
		{"publicity", Score},
		{"inspector", Text},
	}
}

func observationColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"visited_on", Date},
		{"visitor_id", Text},
		{"visitor", Text},
		{"attendees", Count},
	}
}

func observationDetail() []Column { return []Column{{"tier", Code}} }
