package registry

import (
	"cmp"
	"context"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// writeRegistry writes the rows of a load, which do not count yet.
func writeRegistry(ctx context.Context, s *clickhouse.Store, loadID uint64, load Load, parents lineage) error {
	r := load.Registry
	return cmp.Or(
		clickhouse.Insert(ctx, s, "units", r.Units, func(u model.Unit) []any {
			return []any{
				loadID, u.ID, u.Name, u.Tier, u.ParentID, u.Members, clickhouse.List(u.Aliases), u.Contact, clickhouse.DayOrNull(u.DemonstrationSince), u.Stars,
				clickhouse.DayOrNull(u.ActiveFrom), clickhouse.DayOrNull(u.ActiveTo), parents.ancestors(u.ID),
			}
		}),
		clickhouse.Insert(ctx, s, "items", r.Items, func(i model.Item) []any {
			return []any{
				loadID, i.ID, i.Name, i.Programme, i.Catalogue, clickhouse.List(i.Tiers), i.Focus, i.Class, clickhouse.List(i.Scopes), clickhouse.List(i.Channels), i.Cadence,
				i.DueDays, i.DayKind, i.DisplayDays, i.NotBefore, clickhouse.DayOrNull(i.ValidFrom), clickhouse.DayOrNull(i.ValidTo), i.LegalBasis, clickhouse.List(i.Aliases),
				i.MinChars, i.NilReturn,
			}
		}),
		clickhouse.Insert(ctx, s, "calendar", r.Calendar, func(c model.CalendarDay) []any { return []any{loadID, c.Date, c.Kind} }),
		clickhouse.Insert(ctx, s, "exemptions", r.Exemptions, func(e model.Exemption) []any {
			return []any{loadID, e.UnitID, e.ItemID, clickhouse.DayOrNull(e.From), clickhouse.DayOrNull(e.To), e.Reason, e.ApprovedBy}
		}),
		clickhouse.Insert(ctx, s, "site_scores", r.SiteScores, func(i model.SiteScore) []any {
			return []any{loadID, i.UnitID, i.InspectedOn, i.Venue, i.Organisation, i.Operation, i.Disclosure, i.Publicity, i.Inspector}
		}),
		clickhouse.Insert(ctx, s, "observations", r.Observations, func(o model.Observation) []any {
			return []any{loadID, o.SiteID, o.VisitedOn, o.VisitorID, o.Attendees}
		}),
		clickhouse.Insert(ctx, s, "notices", r.Notices, func(n model.Notice) []any {
			return []any{
				loadID, n.ID, n.IssueNo, n.IssuedOn, n.UnitID, n.ItemID, n.Problem, clickhouse.DayOrNull(n.RectifyBy), clickhouse.DayOrNull(n.RectifiedOn), n.YellowCard,
			}
		}),
		clickhouse.Insert(ctx, s, "institutions", r.Institutions, func(i model.Institution) []any { return []any{loadID, i.UnitID, i.Institution, i.EstablishedOn} }),
		clickhouse.Insert(ctx, s, "subtrees", model.PartRows(r.Units, cmp.Or(load.PartUnits, model.DefaultPartUnits)), func(row [2]string) []any { return []any{loadID, row[0], row[1]} }),
		insertSought(ctx, s, loadID, r),
		clickhouse.Insert(ctx, s, "covers", load.Covers, func(c model.Cover) []any { return []any{loadID, c.Source, c.UnitID, c.ItemID} }),
	)
}

// putInForce writes the row that makes a load count.
func putInForce(ctx context.Context, s *clickhouse.Store, loadID uint64, at time.Time, load Load, a model.Settings) error {
	return clickhouse.Insert(ctx, s, "loads", []Load{load}, func(l Load) []any {
		return []any{
			loadID, at.UTC(), l.Hash, l.Program, l.Timezone, clickhouse.DayOrNull(l.Since), l.BackdatingToleranceDays,
			a.Measures[0], a.Measures[1], a.Measures[2], a.Measures[3], a.Classes[0], a.Classes[1], a.Classes[2],
			a.YellowCard, a.Overdue, a.Limit, a.ExcellentFrom, a.GoodFrom, a.PassFrom, a.VerifiedFrom, a.MinAssessed,
			a.Sites[0], a.Sites[1], a.Sites[2], a.Sites[3], a.Sites[4],
			a.CapsFrom[0], a.CapsBest[0], a.CapsFrom[1], a.CapsBest[1], a.CapsFrom[2], a.CapsBest[2],
		}
	})
}
