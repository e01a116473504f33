package ask

import (
	"github.com/ClickHouse/ch-go/proto"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// readBlock is a Block with what its Values read.
type readBlock struct {
	Block
	results proto.Results
}

func newReadBlock(columns []model.Column) *readBlock {
	b := &readBlock{Block: Block{Columns: make([]Values, len(columns))}}
	for i, column := range columns {
		b.results = append(b.results, proto.ResultColumn{Name: column.Key, Data: &readColumn{kind: column.Kind, values: &b.Columns[i]}})
	}
	return b
}

func (b *readBlock) decode(reader *proto.Reader) error {
	var told proto.Block
	err := told.DecodeBlock(reader, clickhouse.TakenRevision, b.results)
	b.Rows = told.Rows
	return err
}

// readColumn is a column of the type that ClickHouse says, with the Values that read it.
type readColumn struct {
	proto.ColResult
	kind   model.Kind
	values *Values
}

// Infer is told the type before each block.
func (c *readColumn) Infer(column proto.ColumnType) (err error) {
	if c.ColResult != nil {
		return nil
	}
	var known proto.ColAuto
	if column == "LowCardinality(String)" {
		known.Data = &proto.ColLowCardinalityRaw{Index: new(proto.ColStr)} // ch-go's own makes a text for each row
	} else if err := known.Infer(column); err != nil {
		return err
	}
	c.ColResult = known.Data
	*c.values, err = valuesOf(c.kind, c.ColResult)
	return err
}

// DecodeState reads what comes before the rows.
func (c *readColumn) DecodeState(reader *proto.Reader) error {
	if stateful, ok := c.ColResult.(proto.StateDecoder); ok {
		return stateful.DecodeState(reader)
	}
	return nil
}
