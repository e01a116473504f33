package metrics

import "github.com/prometheus/client_golang/prometheus"

// The series of SPEC §8 in its order. Descriptions never change, so they may be shared.
var (
	unitInfo       = describe("unit_info", "Units active today; always 1.", "unit", "name", "tier", "group", "parent", "contact")
	itemInfo       = describe("item_info", "Items of the catalogue in force; always 1.", "item", "name", "class", "programme")
	unitCoverage   = describe("unit_coverage_ratio", "Share of the unit's obligations due this year that are met, weighted by class, from 0 to 1.", "unit")
	unitTimeliness = describe("unit_timeliness_ratio",
		"Share of the unit's obligations due this year that were met on time, weighted by class, from 0 to 1.", "unit")
	unitScore       = describe("unit_score", "Assessment score of the unit for this year, in points from 0 to 100.", "unit")
	unitObligations = describe("unit_obligations",
		"Number of the unit's obligations due this year by state, in obligations; lapsed counts those carried from before as well.", "unit", "state")
	lapsedObligations = describe("lapsed_obligations",
		"Number of obligations past due with nothing published although the sources were read since, carried ones included, in obligations.", "group")
	lapsedSince = describe("lapsed_since_timestamp_seconds",
		"End of the due day of the oldest lapse of a unit's item (standing items: or of the later withdrawal's day), in seconds since 1970.",
		"unit", "item", "period")
	lapsedWorkingDays = describe("lapsed_working_days",
		"Working days since the oldest lapse of a unit's item, today included, in days.", "unit", "item", "period")
	dueTimestamp = describe("due_timestamp_seconds",
		"End of the due day of a unit's item that is next due within 30 days and not yet met, in seconds since 1970.", "unit", "item", "period")
	dueWorkingDays = describe("due_working_days",
		"Working days after today up to the due day of a unit's item that is next due within 30 days and not yet met, in days.",
		"unit", "item", "period")
	unitSourcesFailing = describe("unit_sources_failing",
		"Number of sources covering the unit whose latest collection failed or was suspicious, in sources; absent when there is none.", "unit")
	groupCoverage   = describe("coverage_ratio", "Mean over the group's units of their coverage this year, from 0 to 1.", "group")
	groupTimeliness = describe("timeliness_ratio", "Mean over the group's units of their timeliness this year, from 0 to 1.", "group")
	groupEvidenced  = describe("evidenced_timeliness_ratio",
		"Mean over the group's units of their timeliness this year as far as evidence bears it out, from 0 to 1.", "group")
	organisationCoverage = describe("organisation_coverage_ratio",
		"Share of the group's assessed units that met an obligation this year, from 0 to 1.", "group")
	memberCoverage = describe("member_coverage_ratio",
		"Share of the group's assessed units that met an obligation this year, weighted by party members, from 0 to 1.", "group")
	clearUnits = describe("clear_units_ratio", "Share of the group's assessed units without any lapse, from 0 to 1.", "group")
	unverified = describe("unverified_obligations",
		"Number of obligations past due this year whose sources were not read since, in obligations.", "group")
	backdated = describe("backdated_records",
		"Number of records published this year that came to light later than their dates say, in records.", "group")
	findings = describe("findings",
		"Number of findings of the patrol that are to be checked or confirmed, in findings; absent for kinds that were not looked for in the group.", "group", "kind")
	linksFailing = describe("links_failing_ratio",
		"Share of the group's addresses visited within 14 days that do not open, from 0 to 1; absent when none was.", "group")
	sourceLastSuccess = describe("source_last_success_timestamp_seconds", "End of the source's last look, in seconds since 1970.", "source")
	sourceUp          = describe("source_up", "Whether the source's latest collection was a look, 1 or 0.", "source")
	sourceRecords     = describe("source_records_total", "Rows that collections of the source read by what came of them, in rows.", "source", "outcome")
	sourceDuration    = describe("source_collection_duration_seconds", "How long collections of the source took, in seconds.", "source")
	snapshotTimestamp = describe("snapshot_timestamp_seconds",
		"When the series of units and groups were last known to be true, in seconds since 1970; it stays behind while newer ones cannot be had, and beyond 900 seconds they are left out.")
	shardUp          = describe("cluster_shard_up", "Whether a shard of the ClickHouse cluster answers, 1 or 0; absent without a cluster.", "shard")
	storageComplete  = describe("storage_complete", "Whether the database holds all that was written to it, 1 or 0; absent while it is not known; at 0 there are no series of units and groups.")
	metricsTruncated = describe("metrics_truncated", "Whether only the units with most lapses are reported because metrics.max_series is reached, 1 or 0.")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("disclosure_"+name, help, labels, nil)
}

func descriptions() []*prometheus.Desc {
	return []*prometheus.Desc{
		unitInfo, itemInfo, unitCoverage, unitTimeliness, unitScore, unitObligations, lapsedObligations, lapsedSince,
		lapsedWorkingDays, dueTimestamp, dueWorkingDays, unitSourcesFailing, groupCoverage, groupTimeliness, groupEvidenced,
		organisationCoverage, memberCoverage, clearUnits, unverified, backdated, findings, linksFailing, sourceLastSuccess, sourceUp, sourceRecords,
		sourceDuration, snapshotTimestamp, shardUp, storageComplete, metricsTruncated,
	}
}
