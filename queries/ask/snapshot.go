package ask

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Snapshot asks all that the metrics show of the data (SPEC §8) for a question with its defaults: of at most so many units, the worst.
func (s *Asker) Snapshot(ctx context.Context, question model.Question, most int) (model.Snapshot, error) {
	ctx = facts.WithSession(ctx)
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return model.Snapshot{}, err
	}
	units, err := facts.UnitsBelow(ctx, s.Store, load, "")
	if err != nil {
		return model.Snapshot{}, err
	}
	worst := map[string]string{"worst": ""}
	if units > uint64(most) {
		worst["worst"] = "only"
	}
	var snapshot model.Snapshot
	group, ctx := errgroup.WithContext(ctx)
	for name, rows := range map[string]any{
		"units":   &snapshot.Units,
		"items":   &snapshot.Items,
		"lapses":  &snapshot.Lapses,
		"dues":    &snapshot.Dues,
		"sources": &snapshot.Sources,
	} {
		group.Go(func() error {
			asked, err := s.plan(ctx, "metrics/"+name, question)
			if err != nil {
				return err
			}
			if err := s.Conn().Select(ctx, rows, facts.WithoutUnset(asked.text, worst), append(asked.arguments, clickhouse.NamedNumber("most", uint64(most)))...); err != nil {
				return fmt.Errorf("ask metrics/%s: %w", name, err)
			}
			return nil
		})
	}
	group.Go(func() (err error) {
		snapshot.Groups, err = s.snapshotGroups(ctx, question)
		return err
	})
	return snapshot, group.Wait()
}

// snapshotGroups are the rows of the report summary.
func (s *Asker) snapshotGroups(ctx context.Context, question model.Question) ([]model.SnapshotGroup, error) {
	summary, err := Run(ctx, s, Summary, question)
	if err != nil {
		return nil, err
	}
	groups := make([]model.SnapshotGroup, 0, len(summary))
	for _, row := range summary {
		groups = append(groups, model.SnapshotGroup{
			Group: row.Group, Coverage: row.Coverage, Timeliness: row.Timeliness, EvidencedTimeliness: row.EvidencedTimeliness,
			OrganisationCoverage: row.OrganisationCoverage, MemberCoverage: row.MemberCoverage, ClearUnits: row.ClearUnits,
			Lapsed: uint64(row.Lapsed), CarriedLapsed: uint64(row.CarriedLapsed), Unverified: uint64(row.Unverified), Backdated: uint64(row.Backdated),
		})
	}
	return groups, nil
}

// PatrolVersion changes with all that patrol and people note of what was published.
func (s *Asker) PatrolVersion(ctx context.Context) (version string, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT concat(toString((SELECT max(report_id) FROM findings)), ' ', toString((SELECT max(event_id) FROM finding_verdicts)), ' ',
		toString((SELECT (max(noted_at), count()) FROM link_checks)), ' ', toString((SELECT max(round_id) FROM patrol_texts)))`)
	if err := row.Scan(&version); err != nil {
		return "", fmt.Errorf("ask the version of what patrol has found: %w", err)
	}
	return version, nil
}

// PatrolSnapshot asks what the metrics show of the patrol, for a question with its defaults: each group with active units, and all.
func (s *Asker) PatrolSnapshot(ctx context.Context, question model.Question) ([]model.SnapshotPatrol, error) {
	var seen []struct {
		Group   string `ch:"group"`
		Seen    uint64 `ch:"seen"`
		Recent  uint64 `ch:"recent"`
		Failing uint64 `ch:"failing"`
		Texts   uint64 `ch:"texts"`
	}
	if err := s.selectPlanned(ctx, "metrics/patrolled", &seen, question, clickhouse.NamedNumber("days", model.PatrolDays)); err != nil {
		return nil, err
	}
	var found []struct {
		Group    string `ch:"group"`
		Kind     string `ch:"kind"`
		Findings uint64 `ch:"findings"`
	}
	if err := s.selectPlanned(ctx, "metrics/findings", &found, question); err != nil {
		return nil, err
	}
	all := model.SnapshotPatrol{Group: "all", Findings: map[string]uint64{}}
	var groups []model.SnapshotPatrol
	for _, row := range seen {
		one := model.SnapshotPatrol{Group: row.Group, Seen: row.Seen, Recent: row.Recent, Failing: row.Failing, Texts: row.Texts, Findings: map[string]uint64{}}
		for _, of := range found {
			if of.Group == row.Group {
				one.Findings[of.Kind] = of.Findings
				all.Findings[of.Kind] += of.Findings
			}
		}
		all.Seen, all.Recent, all.Failing, all.Texts = all.Seen+row.Seen, all.Recent+row.Recent, all.Failing+row.Failing, all.Texts+row.Texts
		groups = append(groups, one)
	}
	return append(groups, all), nil
}
