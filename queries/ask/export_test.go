package ask

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/model"
	"yangguang/queries/stream"
)

// Planned is what Stream asks ClickHouse for a report: the text of the query and its parameters.
func (s *Asker) Planned(ctx context.Context, report model.Report, question model.Question) (text string, parameters map[string]string, err error) {
	asked, err := s.plan(ctx, "reports/"+report.Name, question)
	if err != nil {
		return "", nil, err
	}
	parameters = map[string]string{}
	for _, argument := range asked.arguments {
		named := argument.(driver.NamedValue)
		parameters[named.Name] = named.Value.(string)
	}
	return asked.text, parameters, nil
}

// Blocks asks ClickHouse anything.
func (s *Asker) Blocks(ctx context.Context, columns []model.Column, text string, eachBlock func(stream.Block) error, eachRow func([]any) error) error {
	return stream.Blocks(ctx, s.Conn(), columns, text, nil, eachBlock, eachRow)
}
