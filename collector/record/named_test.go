package record_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/record"
	"yangguang/queries/model"
)

func TestUnitsNamedInAText(t *testing.T) {
	resolver := record.NewResolver(model.Registry{Units: []model.Unit{
		{ID: "O1", Name: "沙河区公安局", Aliases: []string{"区公安局"}},
		{ID: "O2", Name: "沙河区公安局交警大队"},
		{ID: "V1", Name: "何庄村村民委员会"},
		{ID: "V2", Name: "何庄村"},
	}})
	for text, want := range map[string][]string{
		"2026年沙河区公安局交警大队三公经费": {"沙河区公安局交警大队", "沙河区公安局", "区公安局"},
		"区公安局关于何庄村村委会的通报":     {"何庄村村委会", "区公安局", "何庄村"},
		"何庄村村民委员会 1月":         {"何庄村村民委员会", "何庄村"},
		"沙河区教育局":              nil,
		"":                    nil,
	} {
		if diff := cmp.Diff(want, resolver.UnitsNamed(text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
