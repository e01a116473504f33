package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"yangguang/queries"
)

func sourceMetrics(sources []queries.SnapshotSource) []prometheus.Metric {
	var s series
	for _, source := range sources {
		if source.LastSuccess != nil {
			s.add(sourceLastSuccess, float64(source.LastSuccess.UnixMilli())/1000, source.Source)
		}
		switch source.LastOutcome {
		case "success":
			s.add(sourceUp, 1, source.Source)
		case "failed":
			s.add(sourceUp, 0, source.Source)
		}
		for _, counted := range []struct {
			outcome string
			rows    uint64
		}{{"new", source.New}, {"changed", source.Changed}, {"unchanged", source.Unchanged}, {"rejected", source.Rejected}} {
			s = append(s, prometheus.MustNewConstMetric(sourceRecords, prometheus.CounterValue, float64(counted.rows), source.Source, counted.outcome))
		}
		s = append(s, durations(source))
	}
	return s
}

func durations(source queries.SnapshotSource) prometheus.Metric {
	buckets := map[float64]uint64{}
	for i, bound := range queries.DurationBounds() {
		buckets[bound] = 0 // a source without a collection has its buckets too
		if i < len(source.DurationCounts) {
			buckets[bound] = source.DurationCounts[i]
		}
	}
	return prometheus.MustNewConstHistogram(sourceDuration, source.Collections, source.DurationSeconds, buckets, source.Source)
}

// sourceSeries is how many series one source has at most: last success, up, four outcomes, the buckets with the one
// without bound, sum and count.
func sourceSeries() int { return 2 + 4 + len(queries.DurationBounds()) + 3 }
