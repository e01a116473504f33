package metrics

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

func shanghai() *time.Location { return time.FixedZone("CST", 8*3600) }

func civil(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func ratio(tenThousandths int64) *decimal.Decimal {
	value := decimal.New(tenThousandths, -4)
	return &value
}

func points(hundredths int64) *decimal.Decimal {
	value := decimal.New(hundredths, -2)
	return &value
}

// sample has a good unit, a bad one and one without any value.
func sample() model.Snapshot {
	success := time.Date(2026, 11, 21, 22, 0, 0, 5e8, time.UTC)
	return model.Snapshot{
		Units: []model.SnapshotUnit{
			{
				UnitID: "u1", Unit: "区委组织部", Tier: "organ", Group: "organs", Parent: "区委", Contact: "王\"某\"", Coverage: ratio(10000),
				Timeliness: ratio(9640), Score: points(9863), OnTime: 26, Late: 1, Pending: 1,
			},
			{
				UnitID: "u2", Unit: "沙北街道", Tier: "subdistrict", Group: "towns", Parent: "区委", Coverage: ratio(5000), Timeliness: ratio(2500),
				Score: points(4000), OnTime: 1, Late: 1, Lapsed: 2, CarriedLapsed: 1, Unverified: 3, Exempt: 4, Undated: 5, SourcesFailing: 1,
			},
			{UnitID: "u3", Unit: "新村", Tier: "village", Group: "villages"},
		},
		Items: []model.SnapshotItem{{ItemID: "i1", Item: "党费收缴", Class: "essential", Programme: "party"}},
		Groups: []model.SnapshotGroup{
			{
				Group: "towns", Coverage: ratio(5000), Timeliness: ratio(2500), EvidencedTimeliness: ratio(1250), OrganisationCoverage: ratio(10000),
				MemberCoverage: ratio(10000), ClearUnits: ratio(0), Lapsed: 2, CarriedLapsed: 1, Unverified: 3, Backdated: 6,
			},
			{Group: "villages"},
		},
		Lapses: []model.SnapshotLapse{{UnitID: "u2", ItemID: "i1", Period: "2026Q2", LapsedAfter: civil(2026, 7, 10), WorkingDays: 90}},
		Dues:   []model.SnapshotDue{{UnitID: "u1", ItemID: "i1", Period: "2026-11", DueOn: civil(2026, 12, 10), WorkingDays: 14}},
		Sources: []model.SnapshotSource{
			{
				Source: "台账", LastSuccess: &success, LastOutcome: "success", New: 7, Changed: 2, Unchanged: 100, Rejected: 1, Collections: 3,
				DurationSeconds: 21.5, DurationCounts: []uint64{1, 2, 3, 3, 3, 3, 3}, DurationBuckets: map[int32]uint64{15: 1, 32: 1},
			},
			{Source: "网站", LastOutcome: "failed", Collections: 1, DurationSeconds: 30, DurationCounts: []uint64{0, 0, 0, 1, 1, 1, 1}},
			{Source: "新源"},
		},
	}
}

// many is a snapshot of n units with one lapse each but the first.
func many(n int) model.Snapshot {
	snapshot := model.Snapshot{Groups: sample().Groups, Items: sample().Items}
	for i := range n {
		unit := model.SnapshotUnit{UnitID: fmt.Sprintf("u%05d", i), Score: points(int64(i))}
		if i > 0 {
			unit.Lapsed = 1
			snapshot.Lapses = append(snapshot.Lapses, model.SnapshotLapse{UnitID: unit.UnitID, ItemID: "i1", Period: "2026", LapsedAfter: civil(2026, 1, 1)})
		}
		snapshot.Units = append(snapshot.Units, unit)
	}
	return snapshot
}

// answers is a store whose answers a test holds in its hand.
type answers struct {
	snapshot model.Snapshot
	version  atomic.Int64
	fault    atomic.Pointer[error]
	release  chan struct{} // nil: answer at once; else wait for it
	computed atomic.Int64
	asked    atomic.Pointer[model.Question]

	incomplete error
	unanswered atomic.Pointer[error] // what a question of the snapshot is answered with
}

func (a *answers) DataVersion(context.Context) (string, error) {
	if fault := a.fault.Load(); fault != nil {
		return "", *fault
	}
	return fmt.Sprint(a.version.Load()), nil
}

func (a *answers) PatrolVersion(context.Context) (string, error) { return "1", nil }

// PatrolSnapshot is of links of towns that were visited lately, of villages long ago, and of no texts but one that was found before.
func (a *answers) PatrolSnapshot(context.Context, model.Question) ([]model.SnapshotPatrol, error) {
	return []model.SnapshotPatrol{
		{Group: "towns", Seen: 40, Recent: 40, Failing: 3, Findings: map[string]uint64{"gone": 2, "copied": 1}}, {Group: "villages", Seen: 5}, {Group: "organs"},
	}, nil
}

// Shards are two, one of which cannot be reached.
func (a *answers) Complete() error { return a.incomplete }

func (a *answers) Shards(context.Context) ([]clickhouse.Shard, error) {
	return []clickhouse.Shard{{Number: 1, Reachable: true}, {Number: 2}}, nil
}

func (a *answers) Snapshot(ctx context.Context, question model.Question, _ int) (model.Snapshot, error) {
	a.computed.Add(1)
	a.asked.Store(&question)
	if a.release != nil {
		select {
		case <-a.release:
		case <-ctx.Done():
			return model.Snapshot{}, ctx.Err()
		}
	}
	if fault := a.unanswered.Load(); fault != nil {
		return model.Snapshot{}, *fault
	}
	return a.snapshot, nil
}
