package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

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
	InWindow    bool       `ch:"in_window"` // issued in the question's window
	Outcome     string     `ch:"outcome"`   // open, overdue, or rectified on_time or late
	DaysOver    *int64     `ch:"days_over"` // overdue: since the limit; late: from the limit to the day of rectification
	Occasion    uint64     `ch:"occasion"`  // 2: the second notice to the unit about the item
}

// FollowedNotices lists what the report notices lists: overdue ones first, the longest on top, then open ones by their limit, then rectified
// ones, the latest first.
func (s *Store) FollowedNotices(ctx context.Context, question Question) (rows []FollowedNotice, err error) {
	err = s.selectInForce(ctx, "supervision/notices", &rows, question)
	return rows, err
}

// InstitutionsRow is a ranking group's institutions.
type InstitutionsRow struct {
	Group       string   `ch:"group"`
	Units       uint64   `ch:"units"`
	Complete    uint64   `ch:"complete"`    // units with all five
	Established []uint64 `ch:"established"` // units that have each, in the order of Codes("institution")
}

// Institutions tells how many units of each group have established which of the five institutions by the as-of day.
func (s *Store) Institutions(ctx context.Context, question Question) (rows []InstitutionsRow, err error) {
	err = s.selectInForce(ctx, "supervision/institutions", &rows, question, clickhouse.Named("institutions", Codes("institution")), clickhouse.Named("groups", Codes("group")))
	return rows, err
}

// LackingRow is a unit that has not established all five institutions.
type LackingRow struct {
	UnitID      string   `ch:"unit_id"`
	Unit        string   `ch:"unit"`
	Group       string   `ch:"group"`
	Established []string `ch:"established"` // those that it has
	Found       uint64   `ch:"found"`       // how many such units there are beside the limit
}

// Lacking lists the units that lack an institution, those that lack most first, at most so many.
func (s *Store) Lacking(ctx context.Context, question Question, limit int) (rows []LackingRow, err error) {
	err = s.selectInForce(ctx, "supervision/lacking", &rows, question, clickhouse.Named("institutions", Codes("institution")), clickhouse.Named("groups", Codes("group")),
		clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// selectInForce is selectQuestion by the registry load in force.
func (s *Store) selectInForce(ctx context.Context, name string, rows any, question Question, more ...any) error {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return err
	}
	return s.selectQuestion(ctx, name, rows, question, load, more...)
}
