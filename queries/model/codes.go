package model

// Codes lists the code values of one domain in the order in which SPEC §1–§5 names them; nil for a domain without codes.
// A domain is named like the column that carries it.
func Codes(domain string) []string {
	switch domain {
	case "tier":
		return []string{"committee", "discipline", "organ", "town", "subdistrict", "village", "community"}
	case "group":
		return []string{"organs", "towns", "villages", "district", "all"}
	case "programme":
		return []string{"party", "government", "village", "judicial", "livelihood"}
	case "catalogue":
		return []string{"committee", "grassroots", "discipline"}
	case "focus":
		return []string{"political_life", "personnel", "integrity"}
	case "class":
		return []string{"essential", "obligatory", "recommended"}
	case "scope":
		return []string{"society", "party", "unit", "designated"}
	case "channel":
		return []string{"press", "website", "wechat_account", "meeting", "board", "wechat_group"}
	case "cadence":
		return []string{"standing", "annual", "semiannual", "quarterly", "monthly", "event"}
	case "state":
		return append(ObligationStates(), "open", "overdue", "closed")
	case "rating":
		return []string{"excellent", "good", "pass", "fail"}
	case "institution":
		return []string{"study", "publicity", "assessment", "disclosure", "meeting"}
	case "kind":
		return []string{"ledger", "web", "feed", "api", "wechat"}
	case "day_kind":
		return []string{"natural", "working"}
	case "not_before":
		return []string{"start", "end", "any"}
	case "calendar_kind":
		return []string{"holiday", "workday"}
	case "last_outcome":
		return []string{"running", Look, Suspicious, Failed, "interrupted"}
	case "fate":
		return []string{FateUnread, FateNotUnderstood, FateIgnored}
	case "act":
		return []string{"registry", "freeze", "notice_issued", "notice_receipted", "notice_answered", "accepted", "expire", "restore", "repair"}
	case "done_with":
		return []string{"page", "command", "serve"}
	default:
		return nil
	}
}

// CodeDomains lists the domains that Codes knows.
func CodeDomains() []string {
	return []string{
		"tier", "group", "programme", "catalogue", "focus", "class", "scope", "channel", "cadence", "state", "rating",
		"institution", "kind", "last_outcome", "fate", "act", "done_with", "day_kind", "not_before", "calendar_kind",
	}
}

// ObligationStates lists what an obligation can be on a day, in the order of the reports (SPEC §4).
func ObligationStates() []string {
	return []string{"on_time", "late", "lapsed", "pending", "unverified", "exempt", "undated"}
}
