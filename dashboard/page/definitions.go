package page

// definedAt is where the methodology explains a column of a table or one of the large figures: the id of its term or chapter. Empty: it needs no
// explanation.
func definedAt(key string) string {
	switch key {
	case "coverage", "timeliness", "evidenced_timeliness", "procedure", "placement", "assessed", "verified", "evidence_share",
		"organisation_coverage", "member_coverage", "clear_units", "carried_lapsed", "essential_lapsed", "oldest_lapse_days", "mean_delay_days", "delay_days",
		"evidenced_on", "backdated", "overexposed", "yellow_cards", "open_rectifications", "overdue_rectifications", "institutions",
		"timeliness_before", "timeliness_after", "observations":
		return key
	case "item_coverage":
		return "coverage"
	case "claimed":
		return "timeliness"
	case "evidenced":
		return "evidenced_timeliness"
	case "site_timeliness":
		return "timeliness_after"
	case "complete_institutions":
		return "institutions"
	case "score", "mean_score", "deductions":
		return "score"
	case "rank", "rating":
		return "rank"
	case "site_score", "site_score_own", "site_rank":
		return "sites"
	case "lapsed", "unverified":
		return "states"
	default:
		return ""
	}
}

// Definition is the link to what a column or figure means; empty: it needs none.
func (a *Request) Definition(key string) string {
	if id := definedAt(key); id != "" {
		return a.MethodologyHref(id)
	}
	return ""
}

// Definitions leads from the columns of a panel's table to what they mean.
func (a *Request) Definitions(f *Figure) (links []Link) {
	if f.Table == nil || len(f.Table.Rows) == 0 {
		return nil
	}
	for _, column := range f.Table.Columns {
		if href := a.Definition(column.Key); href != "" {
			links = append(links, Link{Text: column.Label, Href: href})
		}
	}
	return links
}

// MethodologyHref is where a word of the pages is explained: the id of a chapter or of a term.
func (a *Request) MethodologyHref(id string) string {
	return a.Address.At("/methodology").String() + "#" + id
}
