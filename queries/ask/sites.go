package ask

import (
	"context"

	"yangguang/queries/model"
)

// Inspections answers the report inspections: every inspection by the as-of day of the sites that the report sites lists, by site and day.
func (s *Asker) Inspections(ctx context.Context, question model.Question) ([]model.InspectionRow, error) {
	return rowsOf[model.InspectionRow](ctx, s, "inspections", question)
}

// Observations answers the report observations: every visit by the as-of day to the sites that the report sites lists, by day.
func (s *Asker) Observations(ctx context.Context, question model.Question) ([]model.ObservationRow, error) {
	return rowsOf[model.ObservationRow](ctx, s, "observations", question)
}
