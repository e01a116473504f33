package storage

// Owner names this process in the table works.
func Owner() string { return owner() }
