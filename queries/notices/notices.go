// Package notices is the register of rectification notices (督导整改): what was noted of each, by whom and when. It stands beside notices.csv and
// counts like it; rows are added and never changed, and nothing here says that a notice is closed: records do.
package notices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/storage"
)

// What can be noted of a notice.
const (
	Issued    = "issued"
	Receipted = "receipted"
	Answered  = "answered"
)

// Demand is an obligation that a notice demands, named as facts are.
type Demand struct {
	ItemID     string    `json:"item_id"`
	Period     string    `json:"period"`      // as reports write it
	PeriodNo   int64     `json:"period_no"`   // of a periodic item, else 0
	HappenedOn time.Time `json:"happened_on"` // of an event, else zero
	EventKey   string    `json:"event_key"`   // of an event; finding/ID of a finding of the patrol; else empty
	DueOn      time.Time `json:"due_on"`      // on which it was due
}

// Event is what was noted of a notice. Days are civil days, midnight UTC.
type Event struct {
	ID         uint64    `json:"event_id"`
	NotedAt    time.Time `json:"noted_at"` // instant
	NotedBy    string    `json:"noted_by"`
	What       string    `json:"what"`
	NoticeID   string    `json:"notice_id"`
	IssueNo    string    `json:"issue_no"`
	IssuedOn   time.Time `json:"issued_on"`
	UnitID     string    `json:"unit_id"`
	Problem    string    `json:"problem"`
	RectifyBy  time.Time `json:"rectify_by"` // zero: none
	YellowCard bool      `json:"yellow_card"`
	Demands    []Demand  `json:"demands"`
	DoneOn     time.Time `json:"done_on"` // receipted, answered: on which day
	Remark     string    `json:"remark"`
	Before     string    `json:"-"` // the event that stood before of the same notice, as JSON; empty: none
}

// Note adds events to the register, as noted by whom they name at the present, and returns them as they are stored. Those of one call count at once.
// Errors name the notice.
func Note(ctx context.Context, s *clickhouse.Store, at time.Time, events ...Event) ([]Event, error) {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	for i := range events {
		if err := events[i].check(); err != nil {
			return nil, err
		}
	}
	if len(events) == 0 {
		return nil, nil
	}
	var last uint64
	if err := s.Conn().QueryRow(ctx, "SELECT max(event_id) FROM notice_events").Scan(&last); err != nil {
		return nil, fmt.Errorf("find the last event of the register of notices: %w", err)
	}
	first := max(last+1, uint64(at.UnixMicro()))
	for i := range events {
		before, err := History(ctx, s, events[i].NoticeID)
		if err != nil {
			return nil, err
		}
		if len(before) > 0 {
			text, err := json.Marshal(before[len(before)-1])
			if err != nil {
				return nil, fmt.Errorf("note %s: %w", events[i].NoticeID, err)
			}
			events[i].Before = string(text)
		}
		events[i].ID, events[i].NotedAt = first+uint64(i), at.UTC().Truncate(time.Millisecond)
	}
	err := s.Insert(ctx, "INSERT INTO notice_events", func(batch clickhouse.Batch) error {
		for _, event := range events {
			if err := batch.Append(event.columns()...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("note what became of notices: %w", err)
	}
	for _, event := range events {
		if err := storage.NoteHoldings(ctx, s, event.ID, fmt.Sprintf("event_id = %d", event.ID), "notice_events"); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// check refuses what the register could not be read with.
func (e Event) check() error {
	switch {
	case e.What != Issued && e.What != Receipted && e.What != Answered:
		return fmt.Errorf("note %s: %q is not issued, receipted or answered", e.NoticeID, e.What)
	case e.NoticeID == "" || e.UnitID == "" || e.IssuedOn.IsZero():
		return errors.New("note a notice: it needs notice_id, unit_id and issued_on")
	case !e.RectifyBy.IsZero() && e.RectifyBy.Before(e.IssuedOn):
		return fmt.Errorf("note %s: rectify_by %s is before issued_on %s", e.NoticeID, e.RectifyBy.Format(model.DayLayout), e.IssuedOn.Format(model.DayLayout))
	case e.NotedBy == "":
		return fmt.Errorf("note %s: nobody is named who notes it", e.NoticeID)
	case len(e.Demands) == 0:
		return fmt.Errorf("note %s: it demands nothing, so that no record could ever close it", e.NoticeID)
	}
	return nil
}

// noDay stands for no day where facts have one.
var noDay = time.Date(1900, time.January, 1, 0, 0, 0, 0, time.UTC)

func orNone(day time.Time) time.Time {
	if day.IsZero() {
		return noDay
	}
	return day
}

func orZero(day time.Time) time.Time {
	if day.Equal(noDay) {
		return time.Time{}
	}
	return day
}

// columns are the event in the order of the table's columns.
func (e Event) columns() []any {
	items, periods, numbers, keys := []string{}, []string{}, []int64{}, []string{}
	happened, due := []time.Time{}, []time.Time{}
	for _, d := range e.Demands {
		items, periods, numbers, keys = append(items, d.ItemID), append(periods, d.Period), append(numbers, d.PeriodNo), append(keys, d.EventKey)
		happened, due = append(happened, orNone(d.HappenedOn)), append(due, orNone(d.DueOn))
	}
	return []any{
		e.ID, e.NotedAt, e.NotedBy, e.What, e.NoticeID, e.IssueNo, e.IssuedOn, e.UnitID, e.Problem, clickhouse.DayOrNull(e.RectifyBy), e.YellowCard,
		items, periods, numbers, happened, keys, due, clickhouse.DayOrNull(e.DoneOn), e.Remark, e.Before,
	}
}

// storedEvent is a row of notice_events.
type storedEvent struct {
	ID         uint64      `ch:"event_id"`
	NotedAt    time.Time   `ch:"noted_at"`
	NotedBy    string      `ch:"noted_by"`
	What       string      `ch:"what"`
	NoticeID   string      `ch:"notice_id"`
	IssueNo    string      `ch:"issue_no"`
	IssuedOn   time.Time   `ch:"issued_on"`
	UnitID     string      `ch:"unit_id"`
	Problem    string      `ch:"problem"`
	RectifyBy  *time.Time  `ch:"rectify_by"`
	YellowCard bool        `ch:"yellow_card"`
	ItemIDs    []string    `ch:"item_ids"`
	Periods    []string    `ch:"periods"`
	PeriodNos  []int64     `ch:"period_nos"`
	HappenedOn []time.Time `ch:"happened_on"`
	EventKeys  []string    `ch:"event_keys"`
	DueOn      []time.Time `ch:"due_on"`
	DoneOn     *time.Time  `ch:"done_on"`
	Remark     string      `ch:"remark"`
	Before     string      `ch:"before"`
}

// History is what was noted of a notice, the earliest first; nothing where the register does not have it.
func History(ctx context.Context, s *clickhouse.Store, noticeID string) ([]Event, error) {
	var rows []storedEvent
	err := s.Conn().Select(ctx, &rows, "SELECT * FROM notice_events FINAL WHERE notice_id = {notice:String} ORDER BY event_id", clickhouse.Named("notice", noticeID))
	if err != nil {
		return nil, fmt.Errorf("read the notice %s: %w", noticeID, err)
	}
	events := make([]Event, 0, len(rows))
	for _, row := range rows {
		events = append(events, row.event())
	}
	return events, nil
}

func (r storedEvent) event() Event {
	event := Event{
		ID: r.ID, NotedAt: r.NotedAt, NotedBy: r.NotedBy, What: r.What, NoticeID: r.NoticeID, IssueNo: r.IssueNo, IssuedOn: r.IssuedOn, UnitID: r.UnitID,
		Problem: r.Problem, RectifyBy: clickhouse.DayOrZero(r.RectifyBy), YellowCard: r.YellowCard, DoneOn: clickhouse.DayOrZero(r.DoneOn), Remark: r.Remark,
		Before: r.Before,
	}
	for i, item := range r.ItemIDs {
		event.Demands = append(event.Demands, Demand{item, r.Periods[i], r.PeriodNos[i], orZero(r.HappenedOn[i]), r.EventKeys[i], orZero(r.DueOn[i])})
	}
	return event
}
