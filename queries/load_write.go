package queries

import (
	"cmp"
	"context"
	"time"
)

// writeRegistry writes the rows of a load, which do not count yet.
func writeRegistry(ctx context.Context, s *Store, loadID uint64, load Load, parents lineage) error {
	r := load.Registry
	return cmp.Or(
		insert(ctx, s, "units", r.Units, func(u Unit) []any {
			return []any{
				loadID, u.ID, u.Name, u.Tier, u.ParentID, u.Members, list(u.Aliases), u.Contact, dayOrNull(u.DemonstrationSince), u.Stars,
				dayOrNull(u.ActiveFrom), dayOrNull(u.ActiveTo), parents.ancestors(u.ID),
			}
		}),
		insert(ctx, s, "items", r.Items, func(i Item) []any {
			return []any{
				loadID, i.ID, i.Name, i.Programme, i.Catalogue, list(i.Tiers), i.Focus, i.Class, list(i.Scopes), list(i.Channels), i.Cadence,
				i.DueDays, i.DayKind, i.DisplayDays, i.NotBefore, dayOrNull(i.ValidFrom), dayOrNull(i.ValidTo), i.LegalBasis, list(i.Aliases),
			}
		}),
		insert(ctx, s, "calendar", r.Calendar, func(c CalendarDay) []any { return []any{loadID, c.Date, c.Kind} }),
		insert(ctx, s, "exemptions", r.Exemptions, func(e Exemption) []any {
			return []any{loadID, e.UnitID, e.ItemID, dayOrNull(e.From), dayOrNull(e.To), e.Reason, e.ApprovedBy}
		}),
		insert(ctx, s, "site_scores", r.SiteScores, func(i SiteScore) []any {
			return []any{loadID, i.UnitID, i.InspectedOn, i.Venue, i.Organisation, i.Operation, i.Disclosure, i.Publicity, i.Inspector}
		}),
		insert(ctx, s, "observations", r.Observations, func(o Observation) []any {
			return []any{loadID, o.SiteID, o.VisitedOn, o.VisitorID, o.Attendees}
		}),
		insert(ctx, s, "notices", r.Notices, func(n Notice) []any {
			return []any{
				loadID, n.ID, n.IssueNo, n.IssuedOn, n.UnitID, n.ItemID, n.Problem, dayOrNull(n.RectifyBy), dayOrNull(n.RectifiedOn), n.YellowCard,
			}
		}),
		insert(ctx, s, "institutions", r.Institutions, func(i Institution) []any { return []any{loadID, i.UnitID, i.Institution, i.EstablishedOn} }),
		insert(ctx, s, "subtrees", localityRows(r.Units, cmp.Or(load.PartUnits, defaultLocalityUnits)), func(row [2]string) []any { return []any{loadID, row[0], row[1]} }),
		insert(ctx, s, "covers", load.Covers, func(c Cover) []any { return []any{loadID, c.Source, c.UnitID, c.ItemID} }),
	)
}

// putInForce writes the row that makes a load count.
func putInForce(ctx context.Context, s *Store, loadID uint64, load Load, a settings) error {
	return insert(ctx, s, "loads", []Load{load}, func(l Load) []any {
		return []any{
			loadID, time.Now().UTC(), l.Hash, l.Program, l.Timezone, dayOrNull(l.Since), l.BackdatingToleranceDays,
			a.measures[0], a.measures[1], a.measures[2], a.measures[3], a.classes[0], a.classes[1], a.classes[2],
			a.yellowCard, a.overdue, a.limit, a.excellentFrom, a.goodFrom, a.passFrom, a.verifiedFrom, a.minAssessed,
			a.sites[0], a.sites[1], a.sites[2], a.sites[3], a.sites[4],
		}
	})
}
