package registry

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// InForce reads back the registry of the load in force, each list in the order of its keys; ErrNoRegistry when
// none has been loaded.
func InForce(ctx context.Context, s *clickhouse.Store) (model.Registry, error) {
	loadID, _, err := Latest(ctx, s)
	if err != nil {
		return model.Registry{}, err
	}
	if loadID == 0 {
		return model.Registry{}, model.ErrNoRegistry
	}
	var r model.Registry
	err = cmp.Or(
		Read(ctx, s, loadID, `SELECT unit_id, name, tier, parent_id, members, aliases, contact, demonstration_since, stars, active_from, active_to
			FROM units WHERE load_id = {load_id:UInt64} ORDER BY unit_id`, func(rows driver.Rows) error {
			var u model.Unit
			var since, from, to *time.Time
			err := rows.Scan(&u.ID, &u.Name, &u.Tier, &u.ParentID, &u.Members, &u.Aliases, &u.Contact, &since, &u.Stars, &from, &to)
			u.DemonstrationSince, u.ActiveFrom, u.ActiveTo = clickhouse.DayOrZero(since), clickhouse.DayOrZero(from), clickhouse.DayOrZero(to)
			r.Units = append(r.Units, u)
			return err
		}),
		readItems(ctx, s, loadID, &r.Items),
		readCalendar(ctx, s, loadID, &r.Calendar),
		Read(ctx, s, loadID, `SELECT unit_id, item_id, from_on, to_on, reason, approved_by FROM exemptions WHERE load_id = {load_id:UInt64}
			ORDER BY unit_id, item_id, from_on`, func(rows driver.Rows) error {
			var e model.Exemption
			var from, to *time.Time
			err := rows.Scan(&e.UnitID, &e.ItemID, &from, &to, &e.Reason, &e.ApprovedBy)
			e.From, e.To = clickhouse.DayOrZero(from), clickhouse.DayOrZero(to)
			r.Exemptions = append(r.Exemptions, e)
			return err
		}),
		Read(ctx, s, loadID, `SELECT unit_id, inspected_on, venue, organisation, operation, disclosure, publicity, inspector FROM site_scores
			WHERE load_id = {load_id:UInt64} ORDER BY unit_id, inspected_on`, func(rows driver.Rows) error {
			var i model.SiteScore
			err := rows.Scan(&i.UnitID, &i.InspectedOn, &i.Venue, &i.Organisation, &i.Operation, &i.Disclosure, &i.Publicity, &i.Inspector)
			r.SiteScores = append(r.SiteScores, i)
			return err
		}),
		Read(ctx, s, loadID, `SELECT site_id, visited_on, visitor_id, attendees FROM observations WHERE load_id = {load_id:UInt64}
			ORDER BY site_id, visited_on, visitor_id`, func(rows driver.Rows) error {
			var o model.Observation
			err := rows.Scan(&o.SiteID, &o.VisitedOn, &o.VisitorID, &o.Attendees)
			r.Observations = append(r.Observations, o)
			return err
		}),
		Read(ctx, s, loadID, `SELECT notice_id, issue_no, issued_on, unit_id, item_id, problem, rectify_by, rectified_on, yellow_card FROM notices
			WHERE load_id = {load_id:UInt64} ORDER BY notice_id`, func(rows driver.Rows) error {
			var n model.Notice
			var by, on *time.Time
			err := rows.Scan(&n.ID, &n.IssueNo, &n.IssuedOn, &n.UnitID, &n.ItemID, &n.Problem, &by, &on, &n.YellowCard)
			n.RectifyBy, n.RectifiedOn = clickhouse.DayOrZero(by), clickhouse.DayOrZero(on)
			r.Notices = append(r.Notices, n)
			return err
		}),
		Read(ctx, s, loadID, `SELECT unit_id, institution, established_on FROM institutions WHERE load_id = {load_id:UInt64}
			ORDER BY unit_id, institution`, func(rows driver.Rows) error {
			var i model.Institution
			err := rows.Scan(&i.UnitID, &i.Institution, &i.EstablishedOn)
			r.Institutions = append(r.Institutions, i)
			return err
		}),
	)
	if err != nil {
		return model.Registry{}, fmt.Errorf("read the registry in force: %w", err)
	}
	return r, nil
}

// Read calls each for every row of a statement on one load.
func Read(ctx context.Context, s *clickhouse.Store, loadID uint64, statement string, each func(driver.Rows) error) error {
	rows, err := s.Conn().Query(ctx, statement, clickhouse.Named("load_id", strconv.FormatUint(loadID, 10)))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func readItems(ctx context.Context, s *clickhouse.Store, loadID uint64, items *[]model.Item) error {
	return Read(ctx, s, loadID, `SELECT item_id, name, programme, catalogue, tiers, focus, class, scopes, channels, cadence, due_days, day_kind, display_days,
		not_before, valid_from, valid_to, legal_basis, aliases, min_chars, nil_return FROM items WHERE load_id = {load_id:UInt64} ORDER BY item_id`, func(rows driver.Rows) error {
		var i model.Item
		var from, to *time.Time
		err := rows.Scan(&i.ID, &i.Name, &i.Programme, &i.Catalogue, &i.Tiers, &i.Focus, &i.Class, &i.Scopes, &i.Channels, &i.Cadence, &i.DueDays,
			&i.DayKind, &i.DisplayDays, &i.NotBefore, &from, &to, &i.LegalBasis, &i.Aliases, &i.MinChars, &i.NilReturn)
		i.ValidFrom, i.ValidTo = clickhouse.DayOrZero(from), clickhouse.DayOrZero(to)
		*items = append(*items, i)
		return err
	})
}

// ItemsInForce reads back the items of the load in force, by id; ErrNoRegistry when none has been loaded.
func ItemsInForce(ctx context.Context, s *clickhouse.Store) (items []model.Item, err error) {
	loadID, _, err := Latest(ctx, s)
	if err != nil {
		return nil, err
	}
	if loadID == 0 {
		return nil, model.ErrNoRegistry
	}
	if err := readItems(ctx, s, loadID, &items); err != nil {
		return nil, fmt.Errorf("read the items in force: %w", err)
	}
	return items, nil
}

func readCalendar(ctx context.Context, s *clickhouse.Store, loadID uint64, days *[]model.CalendarDay) error {
	return Read(ctx, s, loadID, `SELECT date, kind FROM calendar WHERE load_id = {load_id:UInt64} ORDER BY date`, func(rows driver.Rows) error {
		var c model.CalendarDay
		err := rows.Scan(&c.Date, &c.Kind)
		*days = append(*days, c)
		return err
	})
}

// Calendar reads back the exceptions to Monday–Friday of the load in force, by day; ErrNoRegistry when none has been loaded.
func Calendar(ctx context.Context, s *clickhouse.Store) (days []model.CalendarDay, err error) {
	loadID, _, err := Latest(ctx, s)
	if err != nil {
		return nil, err
	}
	if loadID == 0 {
		return nil, model.ErrNoRegistry
	}
	if err := readCalendar(ctx, s, loadID, &days); err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	return days, nil
}
