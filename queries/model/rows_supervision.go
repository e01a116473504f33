package model

import "time"

// FollowedNotice is one rectification notice with what became of it. Days are civil days at midnight UTC.
type FollowedNotice struct {
	NoticeID    string     `ch:"notice_id"`
	IssueNo     string     `ch:"issue_no"`
	IssuedOn    time.Time  `ch:"issued_on"`
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	Group       string     `ch:"group"`
	ItemID      string     `ch:"item_id"` // empty when it is about no single item
	Item        string     `ch:"item"`    // likewise, or when the registry in force does not have the item
	Problem     string     `ch:"problem"`
	RectifyBy   *time.Time `ch:"rectify_by"`
	RectifiedOn *time.Time `ch:"rectified_on"`
	YellowCard  bool       `ch:"yellow_card"`
	InWindow    bool       `ch:"in_window"`  // issued in the question's window
	Outcome     string     `ch:"outcome"`    // open, overdue, or rectified on_time or late
	DaysOver    *int64     `ch:"days_over"`  // overdue: since the limit; late: from the limit to the day of rectification
	Occasion    uint64     `ch:"occasion"`   // 2: the second notice to the unit about the item
	Registered  bool       `ch:"registered"` // noted in the register, not in notices.csv
}

// InstitutionsRow is a ranking group's institutions.
type InstitutionsRow struct {
	Group       string   `ch:"group"`
	Units       uint64   `ch:"units"`
	Complete    uint64   `ch:"complete"`    // units with all five
	Established []uint64 `ch:"established"` // units that have each, in the order of Codes("institution")
}

// LackingRow is a unit that has not established all five institutions.
type LackingRow struct {
	UnitID      string   `ch:"unit_id"`
	Unit        string   `ch:"unit"`
	Group       string   `ch:"group"`
	Established []string `ch:"established"` // those that it has
	Found       uint64   `ch:"found"`       // how many such units there are beside the limit
}
