package config

import (
	"os"

	"yangguang/queries/clickhouse"
)

// AsCluster is what clickhouse.cluster and what belongs to it say; nil without one.
func (c ClickHouse) AsCluster() *clickhouse.Cluster {
	if c.Cluster == "" {
		return nil
	}
	return &clickhouse.Cluster{Name: c.Cluster, Replicated: c.Replicated == nil || *c.Replicated, DistrictPrefix: c.Prefix}
}

func (c ClickHouse) checkCluster(wrong func(format string, values ...any)) {
	if c.Cluster == "" {
		if c.Replicated != nil {
			wrong("clickhouse.replicated: goes with clickhouse.cluster only")
		}
		if c.Prefix != 0 {
			wrong("clickhouse.district_prefix: goes with clickhouse.cluster only")
		}
		return
	}
	if c.DSN == "" && os.Getenv(DSNVariable) == "" {
		wrong("clickhouse.cluster: the embedded ClickHouse is one server; expected clickhouse.dsn with addresses of the cluster's servers")
	}
	if c.Prefix < 0 {
		wrong("clickhouse.district_prefix: %d; expected how many first characters of unit_id the units of a district share, such as 6", c.Prefix)
	}
}
