package reference

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/model"
)

// Record is one disclosure as SPEC §3 resolves it.
type Record struct {
	Source, ID         string
	Derived            bool // the record_id was derived
	UnitID, ItemID     string
	Title, EventID     string
	PeriodFrom         time.Time
	PeriodTo           time.Time // last day of the range that period says; none: it says nothing
	Occurred, Proposed time.Time
	Reviewed, Approved time.Time
	Published          time.Time
	Uploaded           time.Time
	Withdrawn          time.Time
	Unseen             time.Time // online sources: last look in which it was not yet there, not later than first seen
	ShownBefore        time.Time // online sources: latest published_on that an earlier version showed, not later than first seen
	Scope              string
	Channel            string // several joined by |
	URL                string
	Steps              bool // its source reports the four steps
	Online             bool
}

// EventKey is event_id or else the title folded by NFKC, lower case, no white space (SPEC §4).
func (r Record) EventKey() string {
	if r.EventID != "" {
		return r.EventID
	}
	return strings.Map(func(letter rune) rune {
		if unicode.IsSpace(letter) {
			return -1
		}
		return letter
	}, strings.ToLower(norm.NFKC.String(r.Title)))
}

// evidenced, backdated and effective: SPEC §3, Evidence and back-dating. They use every date, whatever the as-of day.
func (r Record) evidenced() time.Time {
	if r.Online {
		return laterOf(r.Published, r.Uploaded, r.Unseen, r.ShownBefore)
	}
	return laterOf(r.Published, r.Uploaded)
}

func (d District) backdated(r Record) bool {
	return daysBetween(r.Published, r.evidenced()) > d.Tolerance
}

func (d District) effective(r Record) time.Time {
	if d.backdated(r) {
		return r.evidenced()
	}
	return r.Published
}

func (r Record) publishedBy(day time.Time) bool {
	return !r.Published.IsZero() && !r.Published.After(day)
}

func (r Record) withdrawnBy(day time.Time) bool {
	return !r.Withdrawn.IsZero() && !r.Withdrawn.After(day)
}

// upOn: a record is up from published_on to the day before withdrawn_on (SPEC §4).
func (r Record) upOn(day time.Time) bool {
	return r.publishedBy(day) && !r.withdrawnBy(day)
}

// inOrder says whether all four steps have dates in order, same day allowed (SPEC §5 procedure).
func (r Record) inOrder() bool {
	steps := []time.Time{r.Proposed, r.Reviewed, r.Approved, r.Published}
	return !slices.ContainsFunc(steps, time.Time.IsZero) && slices.IsSortedFunc(steps, time.Time.Compare)
}

// placed says whether scope and channel are allowed and, if withdrawn by the as-of day, it had stayed up long enough (SPEC §5).
func (r Record) placed(item model.Item, asOf time.Time) bool {
	if len(item.Scopes) > 0 && !slices.Contains(item.Scopes, r.Scope) {
		return false
	}
	if len(item.Channels) > 0 && !slices.ContainsFunc(strings.Split(r.Channel, "|"), func(channel string) bool { return slices.Contains(item.Channels, channel) }) {
		return false
	}
	return !r.withdrawnBy(asOf) || !r.Withdrawn.Before(r.Published.AddDate(0, 0, int(item.DisplayDays)))
}

// overexposed: shown to society though the item does not allow it (SPEC §5).
func (r Record) overexposed(item model.Item) bool {
	return r.Scope == "society" && len(item.Scopes) > 0 && !slices.Contains(item.Scopes, "society")
}

// shownFirst orders records: the earliest published_on, then the smallest record_id, derived ones last (SPEC §7); then by
// source, where SPEC is silent.
func shownFirst(a, b Record) int {
	if order := a.Published.Compare(b.Published); order != 0 {
		return order
	}
	if a.Derived != b.Derived {
		if b.Derived {
			return -1
		}
		return 1
	}
	if order := strings.Compare(a.ID, b.ID); order != 0 {
		return order
	}
	return strings.Compare(a.Source, b.Source)
}
