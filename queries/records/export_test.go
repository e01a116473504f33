package records

// Unsent makes the collection take a batch that it has sent for one whose answer was lost, so that it is sent again.
func (c *Collection) Unsent(records int) {
	c.batches.Add(^uint64(0))
	c.staged.Add(^uint64(records - 1))
}
