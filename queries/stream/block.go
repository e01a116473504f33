package stream

import (
	"fmt"
	"time"

	"github.com/ClickHouse/ch-go/proto"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Block is some rows of a report, column by column: long reports are written faster so than value by value. It counts until the next one comes.
type Block struct {
	Rows    int
	Columns []Values // in the order of the report's columns
}

// Values read one column of a Block by the number of a row, through that one of them that suits the column's kind; measures come in no block.
type Values struct {
	Text  func(row int) []byte                  // Text and Code; nothing for no value; only to be read
	Which func(row int) int                     // where the row's text stands in Few, where there are many rows of few different texts; or nil
	Few   func() [][]byte                       // the different texts of the block
	Time  func(row int) (at time.Time, ok bool) // Date and Instant; not ok: no value
	Whole func(row int) (n int64, ok bool)      // Count, Days and Flag; not ok: no value
}

// valuesOf reads a column of an answer as a kind.
func valuesOf(kind model.Kind, data proto.ColResult) (Values, error) {
	var values Values
	switch kind {
	case model.Text, model.Code, model.Sentence:
		if few, ok := data.(*proto.ColLowCardinalityRaw); ok {
			return fewOf(few)
		}
		values.Text = textsOf(data)
	case model.Date, model.Instant:
		values.Time = timesOf(data)
	case model.Count, model.Days, model.Flag:
		values.Whole = wholesOf(data)
	}
	if values.Text == nil && values.Time == nil && values.Whole == nil {
		return values, fmt.Errorf("a %s is not what its kind holds", data.Type())
	}
	return values, nil
}

func textsOf(data proto.ColResult) func(row int) []byte {
	switch data := data.(type) {
	case *proto.ColStr:
		return func(row int) []byte { return data.RowBytes(row) }
	case *proto.ColNullable[string]:
		values := textsOf(data.Values)
		return func(row int) []byte {
			if data.Nulls[row] != 0 {
				return nil
			}
			return values(row)
		}
	}
	return nil
}

// fewOf reads a column that ClickHouse sends as its different texts and their numbers.
func fewOf(data *proto.ColLowCardinalityRaw) (values Values, err error) {
	texts, ok := data.Index.(*proto.ColStr)
	if !ok {
		return values, fmt.Errorf("a %s is not what its kind holds", data.Type())
	}
	values.Which = func(row int) int {
		switch data.Key {
		case proto.KeyUInt8:
			return int(data.Keys8[row])
		case proto.KeyUInt16:
			return int(data.Keys16[row])
		case proto.KeyUInt32:
			return int(data.Keys32[row])
		default:
			return int(data.Keys64[row])
		}
	}
	values.Few = func() [][]byte {
		few := make([][]byte, texts.Rows())
		for i := range few {
			few[i] = texts.RowBytes(i)
		}
		return few
	}
	values.Text = func(row int) []byte { return texts.RowBytes(values.Which(row)) }
	return values, nil
}

func timesOf(data proto.ColResult) func(row int) (time.Time, bool) {
	switch data := data.(type) {
	case proto.ColumnOf[time.Time]:
		return func(row int) (time.Time, bool) { return data.Row(row).UTC(), true }
	case *proto.ColNullable[time.Time]:
		return func(row int) (time.Time, bool) { return data.Values.Row(row).UTC(), data.Nulls[row] == 0 }
	}
	return nil
}

func wholesOf(data proto.ColResult) func(row int) (int64, bool) {
	for _, read := range []func(proto.ColResult) func(int) (int64, bool){
		wholesIn[uint8], wholesIn[uint16], wholesIn[uint32], wholesIn[uint64], wholesIn[int8], wholesIn[int16], wholesIn[int32], wholesIn[int64],
	} {
		if values := read(data); values != nil {
			return values
		}
	}
	if flags, ok := data.(*proto.ColBool); ok {
		return func(row int) (int64, bool) {
			if flags.Row(row) {
				return 1, true
			}
			return 0, true
		}
	}
	return nil
}

func wholesIn[N uint8 | uint16 | uint32 | uint64 | int8 | int16 | int32 | int64](data proto.ColResult) func(row int) (int64, bool) {
	switch data := data.(type) {
	case proto.ColumnOf[N]:
		return func(row int) (int64, bool) { return int64(data.Row(row)), true }
	case *proto.ColNullable[N]:
		return func(row int) (int64, bool) { return int64(data.Values.Row(row)), data.Nulls[row] == 0 }
	}
	return nil
}

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
	err := told.DecodeBlock(reader, clickhouse.RawRevision, b.results)
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
