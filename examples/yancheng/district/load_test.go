package district

import (
	"testing"
	"time"

	"yangguang/collector/registry"
)

// The program's own reader must find nothing wrong with the registry, Chinese headers and all.
func TestRegistryLoads(t *testing.T) {
	got, err := registry.Load(t.Context(), registry.Files{
		Units: "../registry/units.csv", Catalogue: "../registry/catalogue.csv", Calendar: "../registry/calendar.csv",
		Exemptions: "../registry/exemptions.csv", SiteScores: "../registry/site_scores.csv", Observations: "../registry/observations.csv",
		Notices: "../registry/notices.csv", Institutions: "../registry/institutions.csv",
	}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Units) != 276 || len(got.Items) != 28 || len(got.Notices) != 20 {
		t.Errorf("%d units, %d items, %d notices, want 276, 28, 20", len(got.Units), len(got.Items), len(got.Notices))
	}
}
