package queries

import (
	"context"
)

// Inspections answers the report inspections: every inspection by the as-of day of the sites that the report sites lists, by site and day.
func (s *Asker) Inspections(ctx context.Context, question Question) ([]InspectionRow, error) {
	return rowsOf[InspectionRow](ctx, s, "inspections", question)
}

// Observations answers the report observations: every visit by the as-of day to the sites that the report sites lists, by day.
func (s *Asker) Observations(ctx context.Context, question Question) ([]ObservationRow, error) {
	return rowsOf[ObservationRow](ctx, s, "observations", question)
}
