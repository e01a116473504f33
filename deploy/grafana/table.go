package grafana

// column is a column of a table: the field of the answer, its title, and how it is shown.
type column struct {
	field, title string
	width        int
	shown        []property
}

// table shows a line for each series. The columns are those given, in their order, and no others.
func table(p panel, sortedBy string, descending bool, columns ...column) panel {
	names := make([]string, 0, len(columns))
	order, titles := map[string]int{}, map[string]string{}
	for i, c := range columns {
		names = append(names, c.field)
		order[c.field], titles[c.field] = i, c.title
		properties := c.shown
		if c.width > 0 {
			properties = append([]property{{"custom.width", c.width}}, properties...)
		}
		if len(properties) > 0 {
			p.FieldConfig.Overrides = append(p.FieldConfig.Overrides, override{matcher{"byName", c.title}, properties})
		}
	}
	if len(p.Targets) > 1 {
		p.Transformations = append(p.Transformations, transformation{"merge", map[string]any{}})
	}
	p.Transformations = append(
		p.Transformations,
		transformation{"filterFieldsByName", map[string]any{"include": map[string]any{"names": names}}},
		transformation{"organize", map[string]any{"indexByName": order, "renameByName": titles}},
	)
	return shownAsTable(p, sortedBy, descending)
}

// shownAsTable shows what a statement answers, which names its columns itself.
func shownAsTable(p panel, sortedBy string, descending bool) panel {
	p.FieldConfig.Defaults = field{NoValue: "—", Custom: map[string]any{
		"align": "auto", "cellOptions": map[string]any{"type": "auto"}, "inspect": false, "filterable": true,
	}}
	p.Options = map[string]any{"frameIndex": 0, "showHeader": true, "cellHeight": "sm"}
	if sortedBy != "" {
		p.Options["sortBy"] = []map[string]any{{"displayName": sortedBy, "desc": descending}}
	}
	return p
}

// shownAs is how a column's values are written.
func shownAs(unit string, decimals int) []property {
	return []property{{"unit", unit}, {"decimals", decimals}}
}

// words writes a column's codes as words.
func words(m mapping) []property { return []property{{"mappings", []mapping{m}}} }

func groupWords() mapping {
	return texts([3]string{"all", "全区"}, [3]string{"organs", "区直单位"}, [3]string{"towns", "镇（街道）"},
		[3]string{"villages", "村（社区）"}, [3]string{"district", "区委、纪检机关"})
}

func classWords() mapping {
	return texts([3]string{"essential", "重点"}, [3]string{"obligatory", "必须"}, [3]string{"recommended", "提倡"})
}

func tierWords() mapping {
	return texts([3]string{"committee", "区委"}, [3]string{"discipline", "纪检机关"}, [3]string{"organ", "区直单位"}, [3]string{"town", "镇"},
		[3]string{"subdistrict", "街道"}, [3]string{"village", "村"}, [3]string{"community", "社区"})
}
