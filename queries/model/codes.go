package model

import "slices"

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
	case "nil_return":
		return []string{"monthly", "quarterly"}
	case "calendar_kind":
		return []string{"holiday", "workday"}
	case "last_outcome":
		return []string{"running", Look, Suspicious, Failed, "interrupted"}
	case "fate":
		return []string{FateUnread, FateNotUnderstood, FateIgnored}
	case "act":
		return []string{
			"registry", "freeze", "notice_issued", "notice_receipted", "notice_answered", "finding_confirmed", "finding_dismissed", "finding_reopened", "finding_mended",
			"sample_drawn", "sample_entered", "accepted", "expire", "restore", "repair", "registry_held", "registry_accepted", "registry_withdrawn",
		}
	case "done_with":
		return []string{"page", "file", "command", "serve"}
	case "finding":
		return FindingKinds()
	case "finding_state":
		return []string{FindingOpen, FindingConfirmed, FindingDismissed, FindingMended}
	case "link_outcome":
		return []string{"opens", "moved", "gone", "soft_404", "login_wall", "too_slow", "certificate", "server_error", "robots", "own_network", "not_known"}
	case "verdict", "machine":
		return []string{"fault", "clear"}
	default:
		return nil
	}
}

// CodeDomains lists the domains that Codes knows.
func CodeDomains() []string {
	return []string{
		"tier", "group", "programme", "catalogue", "focus", "class", "scope", "channel", "cadence", "state", "rating",
		"institution", "kind", "last_outcome", "fate", "act", "done_with", "finding", "finding_state", "link_outcome", "verdict", "machine", "day_kind", "not_before", "nil_return", "calendar_kind",
	}
}

// FindingKinds lists what patrol looks for, in the order in which people should look at it: private data in the open, how addresses answer, what texts and
// attachments say.
func FindingKinds() []string {
	return slices.Concat(PrivateFindings(), LinkFindings(), TextFindings())
}

// LinkFindings lists the kinds that are about how an address answers.
func LinkFindings() []string {
	return []string{"gone", "soft_404", "taken_down", "server_error", "certificate", "login_wall", "too_slow"}
}

// PrivateFindings lists the kinds that are about private data: urgent, and only for whoever has signed in.
func PrivateFindings() []string { return []string{"id_number", "bank_card", "mobile"} }

// TextFindings lists the kinds that are about what a text or an attachment says beside private data, or when records came: what a round of texts does not find again is mended.
func TextFindings() []string {
	return []string{"attachment_broken", "attachment_empty", "empty", "title_only", "too_short", "other_place", "other_period", "copied", "repeated", "rushed", "backdated"}
}

// ObligationStates lists what an obligation can be on a day, in the order of the reports (SPEC §4).
func ObligationStates() []string {
	return []string{"on_time", "late", "lapsed", "pending", "unverified", "exempt", "undated"}
}
