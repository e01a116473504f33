package ask

import (
	"yangguang/queries/model"
)

// audience is who may read a column of an answer.
type audience int

const (
	insiders audience = iota // whoever may see all: every column that is not known to be for everyone
	everyone
	readers // everyone, of a record that is for society; of any other only insiders
)

// audienceOf says who may read a column. A new column is for insiders until it stands here; docs/operations.md lists what is for everyone.
func audienceOf(column string) audience {
	switch column {
	case "title", "url", "record_id", "event_id":
		return readers
	case
		// whose, and of what
		"unit_id", "unit", "tier", "parent", "parent_id", "group", "item_id", "item", "programme", "class", "cadence", "period", "source", "kind",
		"id", "name", "names", "row_id", "others", "other_count", "sources", "items", "units", "found", "earlier",
		// what became of it
		"state", "due_on", "published_on", "evidenced_on", "backdated", "delay_days", "procedure", "placement", "looked_on", "lapsed_after_on",
		"occurred_on", "proposed_on", "reviewed_on", "approved_on", "uploaded_on", "withdrawn_on", "unseen_on", "first_seen", "last_seen", "seen",
		"scope", "channel", "scopes", "channels", "scope_allowed", "channel_allowed", "displayed", "display_days", "allowed", "met_in_order",
		"met_placed", "by_upload", "by_earlier", "shown_on", "days", "online", "dated_by_sight", "gone", "version", model.ForSociety,
		// measures and counts
		"rank", "previous_rank", "group_rank", "previous_group_rank", "unranked", "score", "previous_score", "rating", "coverage", "timeliness", "evidenced_timeliness", "verified",
		"evidence_share", "deductions", "assessed", "on_time", "late", "lapsed", "carried_lapsed", "essential_lapsed", "essential_carried", "undated_with_steps", "pending", "unverified",
		"exempt", "undated", "mean_delay_days", "oldest_lapse_days", "overexposed", "yellow_cards", "open_rectifications",
		"overdue_rectifications", "confirmed_backdated", "confirmed_failing_links", "institutions", "stars", "organisation_coverage", "member_coverage", "clear_units", "ranked", "lapsing", "lapsing_units",
		"ratings", "overdue_units", "owing", "month", "evidenced", "met_units", "members", "met_members", "band", "lapses", "essential", "carried",
		"earliest", "longest", "obligations", "duties", "met", "with_steps", "proposed", "reviewed", "approved", "complete", "in_order", "step",
		"records", "first_quartile", "median", "third_quartile", "of_item", "uploaded", "seen_to_come", "with_evidence", "established",
		// sites, supervision
		"venue", "organisation", "operation", "disclosure", "publicity", "inspected_on", "demonstration_since", "timeliness_before",
		"timeliness_after", "observations", "visited_on", "attendees", "issue_no", "issued_on", "rectify_by", "rectified_on", "yellow_card",
		"in_window", "outcome", "days_over", "occasion",
		// rules
		"catalogue", "focus", "due_days", "day_kind", "not_before", "valid_from", "valid_to", "legal_basis", "day", "calendar_kind", "from_on",
		"to_on", "end_on", "rest_days", "tolerance_days", "nil_return",
		// how sources are doing
		"last_success", "last_outcome", "read", "new", "changed", "unchanged", "rejected", "not_understood", "failing_since", "failures",
		"collection_id", "started_at", "ended_at", "withdrawn", "pages", "bytes",
		// that there was a content, and that there is none any more
		"content_bytes", "removed_bytes", "removed_at", "removed_policy", "removed_sha256", "superseded_removed", "superseded_removed_at",
		"superseded_policy":
		return everyone
	default:
		return insiders
	}
}
