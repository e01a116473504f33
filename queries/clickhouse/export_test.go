package clickhouse

// OnShards is what a statement for one server becomes on a cluster.
func (c *Cluster) OnShards(statement string) []string { return c.onShards(statement) }

// OnAll is what a statement that stands for itself becomes.
func (c *Cluster) OnAll(statement string) string { return c.onAll(statement) }
