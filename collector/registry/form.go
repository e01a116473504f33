package registry

import (
	"yangguang/collector/record"
	"yangguang/collector/table"
)

// FormColumn is a column of a registry file as people fill it in.
type FormColumn struct {
	Key      string
	Name     string       // its first Chinese name
	Required bool         // the header must have it
	Codes    record.Codes // that a cell may have; none: any text
}

// UnitForm are the columns of the units file, in order.
func UnitForm() []FormColumn {
	return formOf(unitColumns(), map[string]record.Codes{"tier": tiers()})
}

// CatalogueForm are the columns of the catalogue, in order.
func CatalogueForm() []FormColumn {
	return formOf(catalogueColumns(), map[string]record.Codes{
		"programme": programmes(), "catalogue": catalogues(), "tiers": tiers(), "focus": focuses(), "class": classes(), "scope": record.Scopes(),
		"channels": record.Channels(), "cadence": cadences(), "day_kind": dayKinds(), "not_before": notBefores(), "nil_return": nilReturns(),
	})
}

// CalendarForm are the columns of the calendar, in order.
func CalendarForm() []FormColumn {
	return formOf(calendarColumns(), map[string]record.Codes{"kind": calendarKinds()})
}

// ExemptionForm are the columns of the exemptions, in order.
func ExemptionForm() []FormColumn { return formOf(exemptionColumns(), nil) }

func formOf(columns []table.Column, codes map[string]record.Codes) (form []FormColumn) {
	for _, column := range columns {
		form = append(form, FormColumn{Key: column.Key, Name: column.Names[0], Required: column.Required, Codes: codes[column.Key]})
	}
	return form
}
