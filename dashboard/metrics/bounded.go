package metrics

import (
	"cmp"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yangguang/queries/model"
)

// fewestSeries is not more than any unit has: of more units than fit even so, only the worst are asked.
const fewestSeries = 8

// bounded gives the series of groups, items and units; where they would be more than limit, those of the worst units
// only, and says so (SPEC §8).
func bounded(snapshot model.Snapshot, zone *time.Location, limit int) []prometheus.Metric {
	all := groupMetrics(snapshot.Groups)
	items := itemMetrics(snapshot.Items)
	units := unitMetrics(snapshot, zone)
	limit -= 1 + sourceSeries()*len(snapshot.Sources) // stated besides: when the figures were true, and the sources
	total := len(all) + len(items) + 1
	for _, unit := range units {
		total += len(*unit)
	}
	if total <= limit {
		all = append(all, items...)
		for _, unit := range snapshot.Units {
			all = append(all, *units[unit.UnitID]...)
		}
		return append(all, gauge(metricsTruncated, 0))
	}
	all = append(all, gauge(metricsTruncated, 1))
	if len(all)+len(items) <= limit {
		all = append(all, items...)
	}
	for _, unit := range worstFirst(snapshot.Units) {
		of := *units[unit.UnitID]
		if len(all)+len(of) > limit {
			break
		}
		all = append(all, of...)
	}
	return all
}

// worstFirst orders units by their lapses, then by their score from the lowest, those without one last.
func worstFirst(units []model.SnapshotUnit) []model.SnapshotUnit {
	return slices.SortedFunc(slices.Values(units), func(a, b model.SnapshotUnit) int {
		return cmp.Or(
			cmp.Compare(b.Lapsed+b.CarriedLapsed, a.Lapsed+a.CarriedLapsed),
			compareScores(a, b),
			cmp.Compare(a.UnitID, b.UnitID),
		)
	})
}

func compareScores(a, b model.SnapshotUnit) int {
	switch {
	case a.Score == nil && b.Score == nil:
		return 0
	case a.Score == nil:
		return 1
	case b.Score == nil:
		return -1
	default:
		return a.Score.Cmp(*b.Score)
	}
}
