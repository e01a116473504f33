package model

import "time"

// ChangeRow is what somebody changed.
type ChangeRow struct {
	ChangedAt time.Time `ch:"changed_at"` // instant
	Act       string    `ch:"act"`        // one of Codes("act")
	Subject   string    `ch:"subject"`    // load_id of a registry; name of a pack; notice_id; source
	DoneBy    string    `ch:"done_by"`    // empty: not known
	DoneWith  string    `ch:"done_with"`  // one of Codes("done_with"); empty: not known
	Before    string    `ch:"before"`
	After     string    `ch:"after"`
}
