// Package patrol visits what was published again: by a budget for each host, within the limits that the configuration sets to asking hosts, and so that a
// failure of our own network is never taken for somebody else's.
package patrol

import (
	"context"
	"time"

	"yangguang/queries/patrol"
)

// Seen is what an address that opens has shown, for those who look at its content. The bytes belong to nobody else, and are not stored here.
type Seen struct {
	Records     []patrol.Record // whose address it is, or whose page it hangs on
	Place       string          // empty: the records' own address; else that of the attachment
	URL         string          // that was asked
	FinalURL    string          // that it opened at
	ContentType string          // as the server says; may be empty or wrong
	Body        []byte
	Whole       bool           // false: it is larger than network.max_body, and Body is its beginning
	FetchedAt   time.Time      // instant
	As          *patrol.Record // of whom the same place was handed over in this round already; nil: of none. What it showed is not handed over again
}

// Sink takes what was seen. It is called by several goroutines, and a visit waits for it. An error ends the round.
type Sink func(ctx context.Context, seen Seen) error
