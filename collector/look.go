package collector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yangguang/queries"
)

// ErrSuspicious says that a collection read its source without an error and is no look: it proves nothing (SPEC §3 "What a collection proves").
var ErrSuspicious = errors.New("suspicious")

// Emptiable is a source that may have no rows.
type Emptiable interface {
	MayBeEmpty() bool
	// WhenEmpty says what to look at when there is no row, in the source's own terms.
	WhenEmpty() string
}

// conditions of a look, by their numbers in SPEC §3; the fourth is the walk's.
const (
	understood = 1
	whole      = 2
	likeBefore = 3
)

// lack is a condition of a look that a collection does not meet, and what would be right.
type lack struct {
	condition int
	text      string
}

// looked is what decides whether a collection is a look.
type looked struct {
	read    queries.RowsRead
	reason  queries.Reason
	last    queries.Measure
	before  []queries.PartFound // of the last look
	unread  []Remark
	empty   string // what to look at when there is no row; empty: it may have none
	stopped bool
}

// lacks are the conditions that are not met. A source without a look before is compared with nothing.
func (l looked) lacks() (lacks []lack) {
	if text := l.notUnderstood(); text != "" {
		lacks = append(lacks, lack{understood, text})
	}
	if len(l.unread) > 0 {
		lacks = append(lacks, lack{whole, l.notRead()})
	}
	if text := l.unlike(); text != "" {
		lacks = append(lacks, lack{likeBefore, text})
	}
	return lacks
}

// notUnderstood says that no row is a record, nor what it was before.
func (l looked) notUnderstood() string {
	before := ""
	if sum := l.sum(); sum.Rows > 0 {
		before = fmt.Sprintf("; before: %d of %d", sum.Records, sum.Rows)
	}
	switch {
	case l.read.Rows == 0 && l.empty == "", l.read.Records > 0, l.read.AsBefore > 0:
		return ""
	case l.read.Rows == 0:
		return l.empty + emptyAdvice + before
	case l.reason.LeftOut:
		return fmt.Sprintf("%d rows, none a record (%d %s)%s", l.read.Rows, l.reason.Rows, l.reason.Text, before)
	case strings.HasPrefix(l.reason.Text, "title: ") && strings.Contains(l.reason.Text, "matches none of the title rules"):
		return fmt.Sprintf("%d rows, none with a title that a rule matches%s", l.read.Rows, before)
	}
	return fmt.Sprintf("%d rows, none a record (%d: %s)%s", l.read.Rows, l.reason.Rows, l.reason.Text, before)
}

func (l looked) notRead() string {
	const most = 5
	var parts []string
	for i, remark := range l.unread {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(l.unread)-most))
			break
		}
		text := strings.TrimPrefix(remark.Place+": ", ": ") + remark.What
		if remark.Nearest != "" {
			text += " (nearest: " + remark.Nearest + ")"
		}
		parts = append(parts, text)
	}
	return "not read: " + strings.Join(parts, "; ")
}

// sum adds the parts of the last look up.
func (l looked) sum() (sum queries.PartFound) {
	for _, part := range l.before {
		sum.Rows += part.Rows
		sum.Records += part.Records
		sum.ExpectedRecords += part.ExpectedRecords
		sum.FoundRecords += part.FoundRecords
	}
	if len(l.before) == 0 && l.last.Slot == 0 { // a look of before rows were stored
		sum.Rows = l.last.Depth
	}
	return sum
}

// unlike says that too few of the last look's rows are there again, or that there are too few rows.
func (l looked) unlike() string {
	for _, part := range l.before {
		if 2*part.Found < part.Expected {
			where := strings.TrimRight(part.Part, ":!")
			return fmt.Sprintf("%s%d of %d rows of the last look (%s) are there again, less than half",
				strings.TrimPrefix(where+": ", ": "), part.Found, part.Expected, l.last.Day)
		}
	}
	sum := l.sum()
	if 2*sum.FoundRecords < sum.ExpectedRecords && sum.ExpectedRecords > 1 { // a menu that was always read with the list is no list
		return fmt.Sprintf("%d of %d rows that were records at the last look (%s) are there again, less than half", sum.FoundRecords, sum.ExpectedRecords, l.last.Day)
	}
	if 2*l.read.Rows < sum.Rows && !l.stopped {
		return fmt.Sprintf("%d rows, less than half of the %d of the last look (%s)", l.read.Rows, sum.Rows, l.last.Day)
	}
	return ""
}

// agreeingDays is on how many different days collections must agree with each other to become the new measure.
const agreeingDays = 7

// judge decides what a collection proves that read its source without an error.
func (c *Collector) judge(ctx context.Context, collection *queries.Collection, source Source, walk *Walk, remarks []Remark, expect queries.Expectation) (queries.Ending, error) {
	last, _ := collection.LookBefore()
	l := looked{last: last, stopped: walk.stopped, empty: whenEmpty(source)}
	for _, remark := range remarks {
		if remark.Kind == Unread {
			l.unread = append(l.unread, remark)
		}
	}
	var problem error
	if l.read, problem = collection.Read(ctx, last); problem != nil {
		return queries.Ending{}, problem
	}
	if l.reason, problem = collection.Reason(ctx); problem != nil {
		return queries.Ending{}, problem
	}
	if l.before, problem = collection.Found(ctx, last, expect); problem != nil {
		return queries.Ending{}, problem
	}
	lacks := l.lacks()
	ending := queries.Ending{Outcome: queries.Look, ToEnd: !walk.stopped && !walk.cut}
	if len(lacks) == 0 {
		return ending, nil
	}
	only3 := len(lacks) == 1 && lacks[0].condition == likeBefore
	if only3 {
		ending.AgreeingDays, problem = c.agreeing(ctx, collection, l, expect)
		if problem != nil {
			return queries.Ending{}, problem
		}
	}
	text := texts(lacks)
	acceptable := !slices.ContainsFunc(lacks, func(l lack) bool { return l.condition == whole })
	switch {
	case ending.AgreeingDays >= agreeingDays:
		ending.Accepted, ending.AcceptedBy, ending.AgreeingDays = text, queries.Agreement, 0
	case acceptable && c.options.AcceptedBy != "":
		ending.Accepted, ending.AcceptedBy = text, c.options.AcceptedBy
	default:
		ending.Outcome, ending.Error = queries.Suspicious, text+"; "+advice(source, only3, acceptable)
	}
	return ending, nil
}

// agreeing counts the days of collections that agree with each other, this one included.
func (c *Collector) agreeing(ctx context.Context, collection *queries.Collection, l looked, expect queries.Expectation) (uint64, error) {
	before, found := collection.SuspiciousBefore()
	if !found || before.AgreeingDays == 0 {
		return 1, nil
	}
	var err error
	l.last = before
	if l.before, err = collection.Found(ctx, before, expect); err != nil {
		return 0, err
	}
	if l.unlike() != "" {
		return 1, nil
	}
	days := uint64(before.AgreeingDays)
	if before.Day < collection.Day() {
		days++
	}
	return days, nil
}

const emptyAdvice = ", or write may_be_empty: true if there may be none"

// whenEmpty says what to look at when a source has no row; empty when it may have none.
func whenEmpty(source Source) string {
	emptiable, ok := source.(Emptiable)
	switch {
	case !ok:
		return "no row"
	case emptiable.MayBeEmpty():
		return ""
	}
	return emptiable.WhenEmpty()
}

func texts(lacks []lack) string {
	var all []string
	for _, l := range lacks {
		all = append(all, l.text)
	}
	return strings.Join(all, "; ")
}

// advice says what would be right.
func advice(source Source, agrees, acceptable bool) string {
	text := "what was read is stored, and nothing is taken for absent or gone"
	if !acceptable {
		return text
	}
	text += fmt.Sprintf("; see whether the source has changed and correct its configuration, or if it is as it should be run collect --accept %s", source.Name())
	if agrees {
		text += fmt.Sprintf(" (it becomes the new measure by itself when the collections of %d days agree)", agreeingDays)
	}
	return text
}

// look stores what the rows are and decides how the collection ends and what of it is published.
func (c *Collector) look(ctx context.Context, collection *queries.Collection, source Source, walk *Walk, remarks []Remark, problem error) (queries.Ending, queries.Publication, error) {
	publication := queries.Publication{Complete: source.Complete(), Hidden: hidden(remarks)}
	if err := collection.NoteRows(ctx, queries.Passed{Stopped: walk.stopped, Jumped: walk.jumped}); err != nil {
		return queries.Ending{}, publication, err
	}
	if problem != nil {
		return queries.Ending{Outcome: queries.Failed, Error: problem.Error()}, publication, nil
	}
	var err error
	if publication.Gone, err = c.gone(ctx, collection, source); err != nil {
		return queries.Ending{}, publication, err
	}
	ending, err := c.judge(ctx, collection, source, walk, remarks, queries.Expectation{
		Complete: source.Complete(), Gone: publication.Gone, Hidden: publication.Hidden,
	})
	publication.Whole = ending.Outcome == queries.Look && !walk.partial()
	return ending, publication, err
}

// hidden are the parts of a ledger that were left out on purpose, as places begin there.
func hidden(remarks []Remark) (parts []string) {
	for _, remark := range remarks {
		if remark.Kind == Ignored && strings.Contains(remark.Place, ":") && !strings.Contains(remark.Place, "!") {
			parts = append(parts, remark.Place+"!")
		}
	}
	return parts
}
