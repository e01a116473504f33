package queries

// IsForEveryone tells whether a column is for everyone, at least of records that are for society.
func IsForEveryone(column string) bool { return audienceOf(column) != insiders }
