package page

import "reflect"

// EachPanel calls visit with every panel of a page's body in the order of its fields, and gives the body with what visit changed: no page can
// forget one of its panels.
func EachPanel(body any, visit func(*Figure)) any {
	changed := reflect.New(reflect.TypeOf(body)).Elem()
	changed.Set(reflect.ValueOf(body))
	panelsIn(changed, visit)
	return changed.Interface()
}

func panelsIn(value reflect.Value, visit func(*Figure)) {
	if panel, ok := value.Addr().Interface().(interface{ self() *Figure }); ok {
		visit(panel.self())
		return
	}
	switch value.Kind() {
	case reflect.Pointer: // a panel that some pages do without
		if !value.IsNil() {
			panelsIn(value.Elem(), visit)
		}
	case reflect.Struct:
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				panelsIn(value.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range value.Len() {
			panelsIn(value.Index(i), visit)
		}
	}
}
