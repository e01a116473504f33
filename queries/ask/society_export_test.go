package ask

// IsForEveryone reports whether a column is for everyone, at least of records that are for society.
func IsForEveryone(column string) bool { return audienceOf(column) != insiders }

// HidingOrder is a question's text as it is asked for everyone.
func HidingOrder(text string) string { return hidingOrder(text) }
