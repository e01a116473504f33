package ask

import (
	"fmt"
	"reflect"

	"yangguang/queries/model"
)

// structsOf reads an answer into structs; a struct must have a field for each of the answer's columns.
func structsOf[Row any](columns []model.Column, ask func(each func([]any) error) error) (rows []Row, err error) {
	err = eachStruct(columns, ask, func(row Row) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// eachStruct is structsOf, one by one.
func eachStruct[Row any](columns []model.Column, ask func(each func([]any) error) error, each func(Row) error) error {
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Row]()) {
		fields[field.Tag.Get("column")] = field.Index
	}
	return ask(func(values []any) error {
		var row Row
		for i, column := range columns {
			field, known := fields[column.Key]
			if !known {
				return fmt.Errorf("%T has no field for the column %s", row, column.Key)
			}
			if values[i] != nil {
				set(reflect.ValueOf(&row).Elem().FieldByIndex(field), reflect.ValueOf(values[i]))
			}
		}
		return each(row)
	})
}

// set stores a value in a field of its type or of a pointer to it.
func set(field, value reflect.Value) {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(value.Type()))
		field = field.Elem()
	}
	field.Set(value)
}
