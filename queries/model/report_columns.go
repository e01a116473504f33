package model

func catalogueColumns() []Column {
	return []Column{
		{"item_id", Text},
		{"item", Text},
		{"programme", Code},
		{"catalogue", Code},
		{"tier", Code},
		{"focus", Code},
		{"class", Code},
		{"scope", Code},
		{"channel", Code},
		{"cadence", Code},
		{"due_days", Days},
		{"day_kind", Code},
		{"display_days", Days},
		{"not_before", Code},
		{"valid_from", Date},
		{"valid_to", Date},
		{"legal_basis", Text},
		{"nil_return", Code},
	}
}

func calendarColumns() []Column {
	return []Column{{"day", Date}, {"calendar_kind", Code}}
}

func exemptionColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"from_on", Date},
		{"to_on", Date},
		{"reason", Text},
		{"approved_by", Text},
	}
}

func inspectionColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"inspected_on", Date},
		{"score", Score},
		{"venue", Score},
		{"organisation", Score},
		{"operation", Score},
		{"disclosure", Score},
		{"publicity", Score},
		{"inspector", Text},
	}
}

func observationColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"visited_on", Date},
		{"visitor_id", Text},
		{"visitor", Text},
		{"attendees", Count},
	}
}

func observationDetail() []Column { return []Column{{"tier", Code}} }

func siteDetail() []Column {
	return []Column{{"group", Code}, {"stars", Count}}
}

func RankingColumns() []Column {
	return []Column{
		{"rank", Count},
		{"previous_rank", Count},
		{"unit_id", Text},
		{"unit", Text},
		{"tier", Code},
		{"parent", Text},
		{"score", Score},
		{"previous_score", Score},
		{"rating", Code},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"evidenced_timeliness", Ratio},
		{"procedure", Ratio},
		{"placement", Ratio},
		{"verified", Ratio},
		{"evidence_share", Ratio},
		{"deductions", Points},
		{"assessed", Count},
		{"on_time", Count},
		{"late", Count},
		{"lapsed", Count},
		{"carried_lapsed", Count},
		{"essential_lapsed", Count},
		{"pending", Count},
		{"unverified", Count},
		{"exempt", Count},
		{"undated", Count},
		{"mean_delay_days", MeanDays},
		{"oldest_lapse_days", Days},
		{"backdated", Count},
		{"overexposed", Count},
		{"yellow_cards", Count},
		{"open_rectifications", Count},
		{"overdue_rectifications", Count},
		{"institutions", Count},
		{"stars", Count},
	}
}

func obligationColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"programme", Code},
		{"class", Code},
		{"period", Text},
		{"due_on", Date},
		{"state", Code},
		{"published_on", Date},
		{"evidenced_on", Date},
		{"backdated", Flag},
		{"delay_days", Days},
		{"procedure", Flag},
		{"placement", Flag},
		{"record_id", Text},
		{"source", Text},
		{"url", Text},
	}
}

func itemColumns() []Column {
	return []Column{
		{"item_id", Text},
		{"item", Text},
		{"class", Code},
		{"units", Count},
		{"assessed", Count},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"lapsed", Count},
	}
}

func summaryColumns() []Column {
	return []Column{
		{"group", Code},
		{"units", Count},
		{"assessed", Count},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"evidenced_timeliness", Ratio},
		{"procedure", Ratio},
		{"placement", Ratio},
		{"organisation_coverage", Ratio},
		{"member_coverage", Ratio},
		{"clear_units", Ratio},
		{"lapsed", Count},
		{"carried_lapsed", Count},
		{"unverified", Count},
		{"pending", Count},
	}
}

func siteColumns() []Column {
	return []Column{
		{"rank", Count},
		{"unit_id", Text},
		{"unit", Text},
		{"score", Score},
		{"venue", Score},
		{"organisation", Score},
		{"operation", Score},
		{"disclosure", Score},
		{"publicity", Score},
		{"inspected_on", Date},
		{"demonstration_since", Date},
		{"timeliness_before", Ratio},
		{"timeliness_after", Ratio},
		{"observations", Count},
	}
}

func recordColumns() []Column {
	return []Column{
		{"record_id", Text},
		{"unit_id", Text},
		{"unit", Text},
		{"parent", Text},
		{"item_id", Text},
		{"item", Text},
		{"title", Text},
		{"event_id", Text},
		{"period", Text},
		{"occurred_on", Date},
		{"proposed_on", Date},
		{"reviewed_on", Date},
		{"approved_on", Date},
		{"published_on", Date},
		{"uploaded_on", Date},
		{"withdrawn_on", Date},
		{"scope", Code},
		{"channel", Code},
		{"url", Text},
		{"source", Text},
		{"first_seen", Instant},
		{"evidenced_on", Date},
		{"backdated", Flag},
	}
}

func rejectColumns() []Column {
	return []Column{
		{"source", Text},
		{"place", Text},
		{"reason", Sentence},
		{"content", Text},
		{"seen", Instant},
	}
}

func remarkColumns() []Column {
	return []Column{
		{"source", Text},
		{"place", Text},
		{"fate", Code},
		{"remark", Sentence},
		{"nearest", Sentence},
		{"parts", Count},
		{"seen", Instant},
	}
}

func auditColumns() []Column {
	return []Column{
		{"changed_at", Instant},
		{"act", Code},
		{"subject", Text},
		{"done_by", Text},
		{"done_with", Code},
		{"before", Text},
		{"after", Text},
	}
}

func findingColumns() []Column {
	return []Column{
		{"finding_id", Text},
		{"finding", Code},
		{"finding_state", Code},
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"period", Text},
		{"found_on", Date},
		{"record_id", Text},
		{"source", Text},
		{"title", Text},
		{"url", Text},
		{"place", Text},
		{"other_unit", Text},
		{"other_record_id", Text},
		{"proof", Text},
		{"said_by", Text},
		{"said_at", Instant},
		{"reason", Text},
		{"mended_at", Instant},
	}
}

func findingDetail() []Column { return []Column{{"group", Code}} }

func linkCheckColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"record_id", Text},
		{"source", Text},
		{"url", Text},
		{"place", Text},
		{"link_outcome", Code},
		{"http_status", Count},
		{"checked_at", Instant},
		{"last_open_at", Instant},
		{"final_url", Text},
		{"elapsed_ms", Count},
		{"visits", Count},
	}
}

func sampleColumns() []Column {
	return []Column{
		{"sample_id", Text},
		{"number", Count},
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"period", Text},
		{"title", Text},
		{"published_on", Date},
		{"url", Text},
		{"source", Text},
		{"record_id", Text},
		{"verdict", Code},
		{"remark", Text},
		{"entered_by", Text},
		{"entered_at", Instant},
		{"machine", Code},
		{"seed", Text},
	}
}

func noticeColumns() []Column {
	return []Column{
		{"notice_id", Text},
		{"issue_no", Text},
		{"issued_on", Date},
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"problem", Text},
		{"rectify_by", Date},
		{"rectified_on", Date},
		{"yellow_card", Flag},
		{"state", Code},
	}
}

func noticeDetail() []Column { return []Column{{"registered", Flag}} }

func sourceColumns() []Column {
	return []Column{
		{"source", Text},
		{"kind", Code},
		{"last_success", Instant},
		{"last_outcome", Code},
		{"read", Count},
		{"new", Count},
		{"changed", Count},
		{"unchanged", Count},
		{"rejected", Count},
		{"not_understood", Count},
		{"error", Sentence},
	}
}

func RankingDetail() []Column {
	return []Column{{"group", Code}, {"parent_id", Text}, {"unranked", Text}, {"essential_carried", Count}, {"group_rank", Count}, {"previous_group_rank", Count}, {"confirmed_backdated", Count}, {"confirmed_failing_links", Count}}
}

func obligationDetail() []Column {
	return []Column{{"group", Code}, {"cadence", Code}, {"looked_on", Date}, {"lapsed_after_on", Date}, {ForSociety, Flag}, {"undated_with_steps", Flag}}
}

func summaryDetail() []Column {
	return []Column{
		{"score", Score},
		{"on_time", Count},
		{"late", Count},
		{"exempt", Count},
		{"undated", Count},
		{"backdated", Count},
		{"overexposed", Count},
		{"evidence_share", Ratio},
		{"lapsing_units", Count},
	}
}

func sourceDetail() []Column {
	return []Column{{"failing_since", Instant}, {"failures", Count}}
}

// ForSociety is the column that reports whether a record is for everyone.
const ForSociety = "for_society"
