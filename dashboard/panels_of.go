package dashboard

import "reflect"

// eachPanel calls visit with every panel of a page's body in the order of its fields, and gives the body with what visit changed: no page can
// forget one of its panels.
func eachPanel(body any, visit func(*figure)) any {
	changed := reflect.New(reflect.TypeOf(body)).Elem()
	changed.Set(reflect.ValueOf(body))
	panelsIn(changed, visit)
	return changed.Interface()
}

func panelsIn(value reflect.Value, visit func(*figure)) {
	if panel, ok := value.Addr().Interface().(interface{ self() *figure }); ok {
		visit(panel.self())
		return
	}
	switch value.Kind() {
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
