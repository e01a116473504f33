package collector

import (
	"slices"
	"time"
)

// Summary is what one collection came to. Read = New + Changed + Unchanged + Rejected; a row that a later one of the same
// collection replaces counts as unchanged unless it added a version.
type Summary struct {
	Source                                             string
	Kind                                               string
	Read, New, Changed, Unchanged, Rejected, Withdrawn uint64
	Bytes, Pages                                       uint64
	Started                                            time.Time
	Seconds                                            float64
	Error                                              string   // why the collection is no look; empty when it is
	Outcome                                            string   // success: a look; suspicious; failed (SPEC §3)
	Accepted                                           string   // what a look lacked, had it not been accepted; empty: nothing
	Remarks                                            []Remark // what became of parts that are not rows
}

// NotUnderstood is how many parts of the source were not understood or not read.
func (s Summary) NotUnderstood() (parts uint64) {
	for _, remark := range s.Remarks {
		if remark.Kind != Ignored {
			parts += remark.Count
		}
	}
	return parts
}

// Unread reports whether a part of the source was not read that keeps the collection from being a look (SPEC §3).
func (s Summary) Unread() bool {
	return slices.ContainsFunc(s.Remarks, func(remark Remark) bool { return remark.Kind == Unread })
}

// RowsPerSecond is how fast rows were collected; 0 when it took no time.
func (s Summary) RowsPerSecond() float64 {
	if s.Seconds <= 0 {
		return 0
	}
	return float64(s.Read) / s.Seconds
}
