package metrics

import (
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"yangguang/queries/model"
)

func sourceMetrics(sources []model.SnapshotSource) []prometheus.Metric {
	var s series
	for _, source := range sources {
		if source.LastSuccess != nil {
			s.add(sourceLastSuccess, float64(source.LastSuccess.UnixMilli())/1000, source.Source)
		}
		switch source.LastOutcome {
		case model.Look:
			s.add(sourceUp, 1, source.Source)
		case model.Suspicious, model.Failed:
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

// durations gives classic and native buckets; the client takes those that it asked for.
func durations(source model.SnapshotSource) prometheus.Metric {
	buckets := map[float64]uint64{}
	for i, bound := range model.DurationBounds() {
		buckets[bound] = 0 // a source without a collection has its buckets too
		if i < len(source.DurationCounts) {
			buckets[bound] = source.DurationCounts[i]
		}
	}
	classic := prometheus.MustNewConstHistogram(sourceDuration, source.Collections, source.DurationSeconds, buckets, source.Source)
	native := map[int]int64{}
	instant := source.Collections
	for bucket, count := range source.DurationBuckets {
		native[int(bucket)] = int64(count)
		instant -= min(instant, count)
	}
	sparse, err := prometheus.NewConstNativeHistogram(sourceDuration, source.Collections, source.DurationSeconds, native, nil, instant,
		nativeSchema, prometheus.DefNativeHistogramZeroThreshold, time.Time{}, source.Source)
	if err != nil {
		return prometheus.NewInvalidMetric(sourceDuration, fmt.Errorf("native buckets of the source %s: %w", source.Source, err))
	}
	return histogram{classic, sparse}
}

// nativeSchema makes eight buckets for each doubling, as model.SnapshotSource counts them.
const nativeSchema = 3

// histogram is one histogram with classic and with native buckets.
type histogram struct{ classic, native prometheus.Metric }

// Desc is the description of both.
func (h histogram) Desc() *prometheus.Desc { return h.classic.Desc() }

// Write writes both into one.
func (h histogram) Write(out *dto.Metric) error {
	var native dto.Metric
	if err := errors.Join(h.classic.Write(out), h.native.Write(&native)); err != nil {
		return err
	}
	sparse := native.GetHistogram()
	out.Histogram.Schema, out.Histogram.ZeroThreshold, out.Histogram.ZeroCount = sparse.Schema, sparse.ZeroThreshold, sparse.ZeroCount
	out.Histogram.PositiveSpan, out.Histogram.PositiveDelta = sparse.PositiveSpan, sparse.PositiveDelta
	return nil
}

// sourceSeries is how many series one source has at most: last success, up, four outcomes, the buckets with the one
// without bound, sum and count.
func sourceSeries() int { return 2 + 4 + len(model.DurationBounds()) + 3 }
