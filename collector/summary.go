package collector

import "time"

// Summary is what one collection came to. Read = New + Changed + Unchanged + Rejected; a row that a later one of the same
// collection replaces counts as unchanged unless it added a version.
type Summary struct {
	Source                                             string
	Kind                                               string
	Read, New, Changed, Unchanged, Rejected, Withdrawn uint64
	Bytes, Pages                                       uint64
	Started                                            time.Time
	Seconds                                            float64
	Error                                              string // why the source was not read whole; empty when it was
	Warning                                            string // why a source that was read whole should be looked at
}

// RowsPerSecond is how fast rows were collected; 0 when it took no time.
func (s Summary) RowsPerSecond() float64 {
	if s.Seconds <= 0 {
		return 0
	}
	return float64(s.Read) / s.Seconds
}
