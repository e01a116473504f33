package notices

import (
	"context"
	"fmt"
	"sync"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Register drafts notices from what has lapsed, and notes what becomes of them. Its methods may be called from many goroutines.
type Register struct {
	*ask.Asker
	noting sync.Mutex // of two that note at once the second sees the first
}

// NewRegister is the register of a database.
func NewRegister(asker *ask.Asker) *Register { return &Register{Asker: asker} }

// History is what was noted of a notice, the earliest first.
func (r *Register) History(ctx context.Context, noticeID string) ([]Event, error) {
	return History(ctx, r.Store, noticeID)
}

// Issue notes notices as issued, all at once, and gives each the next number of its year: notice_id ZG2026-003, issue_no 〔2026〕3号. The same notice twice on a day is a *UserError. They are returned as stored.
func (r *Register) Issue(ctx context.Context, at time.Time, drafts ...Event) ([]Event, error) {
	r.noting.Lock()
	defer r.noting.Unlock()
	for i := range drafts {
		var already string
		row := r.Conn().QueryRow(ctx, `SELECT max(notice_id) FROM notice_events WHERE what = 'issued' AND unit_id = {unit:String} AND issued_on = {day:Date32} AND problem = {problem:String}`,
			clickhouse.Named("unit", drafts[i].UnitID), clickhouse.Named("day", drafts[i].IssuedOn.Format(model.DayLayout)), clickhouse.Named("problem", drafts[i].Problem))
		if err := row.Scan(&already); err != nil {
			return nil, fmt.Errorf("look for the same notice: %w", err)
		}
		if already != "" { // a button that was pressed twice
			return nil, &model.UserError{Parameter: "of", Value: drafts[i].UnitID, Expected: "a unit to which the same notice was not issued on the same day already, as " + already}
		}
		year := drafts[i].IssuedOn.Year()
		var last uint64
		row = r.Conn().QueryRow(ctx, `SELECT max(toUInt64OrZero(substring(notice_id, 8))) FROM (SELECT notice_id FROM notice_events UNION ALL SELECT notice_id FROM notices)
			WHERE startsWith(notice_id, {prefix:String})`, clickhouse.Named("prefix", fmt.Sprintf("ZG%04d-", year)))
		if err := row.Scan(&last); err != nil {
			return nil, fmt.Errorf("number a notice: %w", err)
		}
		number := int(last) + 1 + i
		drafts[i].What, drafts[i].NoticeID, drafts[i].IssueNo = Issued, fmt.Sprintf("ZG%04d-%03d", year, number), fmt.Sprintf("〔%04d〕%d号", year, number)
	}
	return Note(ctx, r.Store, at, drafts...)
}

// Follow notes that a notice was receipted or answered, with what it says as it stands.
func (r *Register) Follow(ctx context.Context, at time.Time, noticeID, what, by string, doneOn time.Time, remark string) error {
	r.noting.Lock()
	defer r.noting.Unlock()
	history, err := r.History(ctx, noticeID)
	if err != nil {
		return err
	}
	if len(history) == 0 {
		return fmt.Errorf("note %s: the register has no such notice", noticeID)
	}
	event := history[len(history)-1]
	event.What, event.NotedBy, event.DoneOn, event.Remark = what, by, doneOn, remark
	_, err = Note(ctx, r.Store, at, event)
	return err
}
