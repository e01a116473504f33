package retention

import (
	"errors"
	"regexp"
	"strconv"
	"time"
)

// Policy says how long what grows is kept once it is of no more use to today's answers. A zero Period is forever.
type Policy struct {
	Contents Period // raw contents of online records, from when they were collected
	Versions Period // versions of records, from when they were superseded
	Rejects  Period // rejected rows, from when they were mended or gone
	Registry Period // loads of the registry, from when another one was in force
	Answers  Period // prepared answers about earlier times of knowledge, from when they were made
	Texts    Period // what patrol read between the first and the last time of a page, from when it was read
}

// DefaultPolicy keeps long: evidence is proof in a dispute.
func DefaultPolicy() Policy {
	return Policy{Contents: Period{Years: 10}, Rejects: Period{Years: 3}, Answers: Period{Months: 3}, Texts: Period{Years: 1}}
}

// Period is a length of civil time: so many years, or months, or days.
type Period struct {
	Years, Months, Days int
}

var (
	// ErrPeriod says that a text is no period of retention.
	ErrPeriod     = errors.New("expected a period such as 3y, 18m or 90d (at least 30d), or forever")
	writtenPeriod = regexp.MustCompile(`^([1-9]\d{0,3})(y|m|d)$`)
)

// ParsePeriod reads 3y, 18m, 90d or forever.
func ParsePeriod(text string) (Period, error) {
	if text == "forever" {
		return Period{}, nil
	}
	parts := writtenPeriod.FindStringSubmatch(text)
	if parts == nil {
		return Period{}, ErrPeriod
	}
	count, err := strconv.Atoi(parts[1])
	if err != nil {
		return Period{}, ErrPeriod
	}
	switch {
	case parts[2] == "y" && count <= 200:
		return Period{Years: count}, nil
	case parts[2] == "m" && count <= 2400:
		return Period{Months: count}, nil
	case parts[2] == "d" && count >= 30:
		return Period{Days: count}, nil
	}
	return Period{}, ErrPeriod
}

// String writes a period as ParsePeriod reads it.
func (p Period) String() string {
	switch {
	case p.Years != 0:
		return strconv.Itoa(p.Years) + "y"
	case p.Months != 0:
		return strconv.Itoa(p.Months) + "m"
	case p.Days != 0:
		return strconv.Itoa(p.Days) + "d"
	}
	return "forever"
}

// horizon is the instant before which the period has passed, always the beginning of a month in now's zone: removing rewrites tables, which is
// to happen once a month. Things are kept for the period at least and a month longer at most.
func (p Period) horizon(now time.Time) (before time.Time, ever bool) {
	switch {
	case p == Period{}:
		return time.Time{}, false
	case p.Days != 0:
		now = now.AddDate(0, 0, -p.Days)
	}
	return time.Date(now.Year()-p.Years, now.Month()-time.Month(p.Months), 1, 0, 0, 0, 0, now.Location()), true
}
