package metrics

import (
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

func gauge(description *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	for i, label := range labels {
		labels[i] = strings.ToValidUTF8(label, "\ufffd") // a label that is no UTF-8 would spoil the whole scrape
	}
	return prometheus.MustNewConstMetric(description, prometheus.GaugeValue, value, labels...)
}

// series collects metrics; a measure without a value gives none.
type series []prometheus.Metric

func (s *series) add(description *prometheus.Desc, value float64, labels ...string) {
	*s = append(*s, gauge(description, value, labels...))
}

func (s *series) count(description *prometheus.Desc, value uint64, labels ...string) {
	s.add(description, float64(value), labels...)
}

func (s *series) measure(description *prometheus.Desc, value *decimal.Decimal, labels ...string) {
	if value != nil {
		s.add(description, value.InexactFloat64(), labels...)
	}
}

func groupMetrics(groups []model.SnapshotGroup) series {
	var s series
	for _, group := range groups {
		s.count(lapsedObligations, group.Lapsed+group.CarriedLapsed, group.Group)
		s.measure(groupCoverage, group.Coverage, group.Group)
		s.measure(groupTimeliness, group.Timeliness, group.Group)
		s.measure(groupEvidenced, group.EvidencedTimeliness, group.Group)
		s.measure(organisationCoverage, group.OrganisationCoverage, group.Group)
		s.measure(memberCoverage, group.MemberCoverage, group.Group)
		s.measure(clearUnits, group.ClearUnits, group.Group)
		s.count(unverified, group.Unverified, group.Group)
		s.count(backdated, group.Backdated, group.Group)
	}
	return s
}

// patrolMetrics gives the series of what patrol has found; a kind that was not looked for in a group has none there.
func patrolMetrics(groups []model.SnapshotPatrol) series {
	var s series
	for _, group := range groups {
		for _, kind := range model.FindingKinds() {
			looked := group.Texts > 0
			if slices.Contains(model.LinkFindings(), kind) {
				looked = group.Seen > 0
			}
			if count := group.Findings[kind]; looked || count > 0 {
				s.count(findings, count, group.Group, kind)
			}
		}
		if group.Recent > 0 {
			s.add(linksFailing, float64(group.Failing)/float64(group.Recent), group.Group)
		}
	}
	return s
}

func itemMetrics(items []model.SnapshotItem) series {
	var s series
	for _, item := range items {
		s.add(itemInfo, 1, item.ItemID, item.Item, item.Class, item.Programme)
	}
	return s
}

// unitMetrics gives the series of each unit, by unit_id.
func unitMetrics(snapshot model.Snapshot, zone *time.Location) map[string]*series {
	units := make(map[string]*series, len(snapshot.Units))
	for _, unit := range snapshot.Units {
		s := &series{}
		units[unit.UnitID] = s
		s.add(unitInfo, 1, unit.UnitID, unit.Unit, unit.Tier, unit.Group, unit.Parent, unit.Contact)
		s.measure(unitCoverage, unit.Coverage, unit.UnitID)
		s.measure(unitTimeliness, unit.Timeliness, unit.UnitID)
		s.measure(unitScore, unit.Score, unit.UnitID)
		for _, state := range model.ObligationStates() {
			s.count(unitObligations, inState(unit, state), unit.UnitID, state)
		}
		if unit.SourcesFailing > 0 {
			s.count(unitSourcesFailing, unit.SourcesFailing, unit.UnitID)
		}
	}
	for _, lapse := range snapshot.Lapses {
		if s := units[lapse.UnitID]; s != nil {
			s.add(lapsedSince, endOfDay(lapse.LapsedAfter, zone), lapse.UnitID, lapse.ItemID, lapse.Period)
			s.add(lapsedWorkingDays, float64(lapse.WorkingDays), lapse.UnitID, lapse.ItemID, lapse.Period)
		}
	}
	for _, due := range snapshot.Dues {
		if s := units[due.UnitID]; s != nil {
			s.add(dueTimestamp, endOfDay(due.DueOn, zone), due.UnitID, due.ItemID, due.Period)
			s.add(dueWorkingDays, float64(due.WorkingDays), due.UnitID, due.ItemID, due.Period)
		}
	}
	return units
}

// inState counts a unit's obligations in a state; lapses count whatever the window's start (SPEC §8).
func inState(unit model.SnapshotUnit, state string) uint64 {
	switch state {
	case "on_time":
		return unit.OnTime
	case "late":
		return unit.Late
	case "lapsed":
		return unit.Lapsed + unit.CarriedLapsed
	case "pending":
		return unit.Pending
	case "unverified":
		return unit.Unverified
	case "exempt":
		return unit.Exempt
	default:
		return unit.Undated
	}
}

// endOfDay is the first instant after a civil day in a zone, in seconds since 1970.
func endOfDay(day time.Time, zone *time.Location) float64 {
	return float64(time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).Unix())
}
