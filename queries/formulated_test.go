package queries

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Formulated is what Stream asks ClickHouse for a report: the text of the query and its parameters.
func (s *Store) Formulated(ctx context.Context, report Report, question Question) (text string, parameters map[string]string, err error) {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return "", nil, err
	}
	text, question, err = s.formulate(ctx, "reports/"+report.Name, load, question)
	if err != nil {
		return "", nil, err
	}
	parameters = map[string]string{}
	for _, argument := range question.arguments(text, load) {
		named := argument.(driver.NamedValue)
		parameters[named.Name] = named.Value.(string)
	}
	return text, parameters, nil
}
