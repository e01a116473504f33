package model

// Outcomes of a collection that ended (SPEC §3 "What a collection proves").
const (
	Look       = "success"
	Suspicious = "suspicious"
	Failed     = "failed"
)

// Fates of a part of a source that did not become rows (SPEC §3 "What a collection proves").
const (
	FateUnread        = "unread"         // it should have been read: the collection is not a look
	FateNotUnderstood = "not_understood" // the collection proves what it would without it
	FateIgnored       = "ignored"        // left out on purpose
)
