package collector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yangguang/queries/model"
	"yangguang/queries/records"
)

// ErrSuspicious says that a collection read its source without an error and is no look: it proves nothing (SPEC §3 "What a collection proves").
var ErrSuspicious = errors.New("suspicious")

// Emptiable is a source that may have no rows.
type Emptiable interface {
	MayBeEmpty() bool
	// WhenEmpty says what to look at when these lists have no row, in the source's own terms; without any, all of the source.
	WhenEmpty(lists []string) string
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
	lists   []string // of several, each of which is judged for itself
	read    []records.RowsRead
	reasons []records.Reason
	last    records.Measure
	before  []records.PartFound // of the last look
	unread  []Remark
	empty   func(lists []string) string // what to look at when there is no row; nil: there may be none
	stopped bool
}

// lacks are the conditions that are not met. A source without a look before is compared with nothing.
func (l looked) lacks() (lacks []lack) {
	for _, text := range l.notUnderstood() {
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

// notUnderstood says that no row of a list is a record, nor what it was before.
func (l looked) notUnderstood() (texts []string) {
	var none []string
	for _, list := range l.judged() {
		read := l.rows(list)
		switch {
		case read.Rows == 0 && l.empty == nil, read.Records > 0, read.AsBefore > 0:
		case read.Rows == 0:
			none = append(none, list)
		default:
			texts = append(texts, named(list)+l.noRecord(read, l.reason(list))+l.asBefore(list))
		}
	}
	switch {
	case len(l.lists) == 0 && none != nil:
		return []string{l.empty(nil) + emptyAdvice + l.asBefore("")}
	case none != nil:
		texts = append(texts, l.empty(none)+emptyAdvice)
	}
	return texts
}

// noRecord says of rows that none is a record.
func (looked) noRecord(read records.RowsRead, reason records.Reason) string {
	switch {
	case reason.LeftOut:
		return fmt.Sprintf("%d rows, none a record (%d %s)", read.Rows, reason.Rows, reason.Text)
	case strings.HasPrefix(reason.Text, "title: ") && strings.Contains(reason.Text, "matches none of the title rules"):
		return fmt.Sprintf("%d rows, none with a title that a rule matches", read.Rows)
	}
	return fmt.Sprintf("%d rows, none a record (%d: %s)", read.Rows, reason.Rows, reason.Text)
}

// asBefore is what the list was at the last look.
func (l looked) asBefore(list string) string {
	if of := l.of(list); of.Rows > 0 {
		return fmt.Sprintf("; before: %d of %d", of.Records, of.Rows)
	}
	return ""
}

// judged are the lists that are judged for themselves; of a source of one list, and of a ledger, all of it, whose name is empty.
func (l looked) judged() []string {
	if len(l.lists) == 0 {
		return []string{""}
	}
	return l.lists
}

// named begins what is said of a list of several.
func named(list string) string {
	if list == "" {
		return ""
	}
	return "list " + list + ": "
}

// rows are those of a list, or without a name all that were read.
func (l looked) rows(list string) (sum records.RowsRead) {
	for _, part := range l.read {
		if list == "" || part.Part == list {
			sum.Rows += part.Rows
			sum.Records += part.Records
			sum.AsBefore += part.AsBefore
		}
	}
	return sum
}

// reason is why rows of a list are no records.
func (l looked) reason(list string) records.Reason {
	for _, reason := range l.reasons {
		if reason.Part == list {
			return reason
		}
	}
	return records.Reason{}
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

// of is what a list was at the last look, or without a name all of the source.
func (l looked) of(list string) (sum records.PartFound) {
	for _, part := range l.before {
		if list != "" && part.Part != list {
			continue
		}
		sum.Rows += part.Rows
		sum.Moved += part.Moved
		sum.Records += part.Records
		sum.ExpectedRecords += part.ExpectedRecords
		sum.FoundRecords += part.FoundRecords
	}
	if list == "" && len(l.before) == 0 && l.last.Slot == 0 { // a look of before rows were stored
		sum.Rows = l.last.Depth
	}
	return sum
}

// unlike says that too few of the last look's rows are there again, or that there are too few rows.
func (l looked) unlike() string {
	for _, part := range l.before {
		if 2*part.Found < part.Expected {
			return fmt.Sprintf("%s%d of %d rows of the last look (%s) are there again, less than half", l.where(part.Part), part.Found, part.Expected, l.last.Day)
		}
	}
	for _, list := range append(l.lists, "") {
		of, read := l.of(list), l.rows(list)
		if 2*of.FoundRecords < of.ExpectedRecords && of.ExpectedRecords > 1 { // a menu that was always read with the list is no list
			return fmt.Sprintf("%s%d of %d rows that were records at the last look (%s) are there again, less than half",
				named(list), of.FoundRecords, of.ExpectedRecords, l.last.Day)
		}
		if list != "" { // what stands in another list now is not lost
			read.Rows += of.Moved
		}
		if 2*read.Rows < of.Rows && !l.stopped {
			return fmt.Sprintf("%s%d rows, less than half of the %d of the last look (%s)", named(list), read.Rows, of.Rows, l.last.Day)
		}
	}
	return ""
}

// where names a part of a source before what is said of it.
func (l looked) where(part string) string {
	if slices.Contains(l.lists, part) {
		return named(part)
	}
	return strings.TrimPrefix(strings.TrimRight(part, ":!")+": ", ": ")
}

// agreeingDays is on how many different days collections must agree with each other to become the new measure.
const agreeingDays = 7

// judge decides what a collection proves that read its source without an error.
func (c *Collector) judge(ctx context.Context, collection *records.Collection, source Source, walk *Walk, remarks []Remark, expect records.Expectation) (records.Ending, error) {
	last, _ := collection.LookBefore()
	l := looked{lists: lists(source), last: last, stopped: walk.stopped, empty: whenEmpty(source)}
	for _, remark := range remarks {
		if remark.Kind == Unread {
			l.unread = append(l.unread, remark)
		}
	}
	var problem error
	if l.read, problem = collection.Read(ctx, last); problem != nil {
		return records.Ending{}, problem
	}
	if l.reasons, problem = collection.Reasons(ctx); problem != nil {
		return records.Ending{}, problem
	}
	if l.before, problem = collection.Found(ctx, last, expect); problem != nil {
		return records.Ending{}, problem
	}
	lacks := l.lacks()
	ending := records.Ending{Outcome: model.Look, ToEnd: !walk.stopped && !walk.cut}
	if len(lacks) == 0 {
		return ending, nil
	}
	only3 := len(lacks) == 1 && lacks[0].condition == likeBefore
	if only3 {
		ending.AgreeingDays, problem = c.agreeing(ctx, collection, l, expect)
		if problem != nil {
			return records.Ending{}, problem
		}
	}
	text := texts(lacks)
	acceptable := !slices.ContainsFunc(lacks, func(l lack) bool { return l.condition == whole })
	switch {
	case ending.AgreeingDays >= agreeingDays:
		ending.Accepted, ending.AcceptedBy, ending.AgreeingDays = text, records.Agreement, 0
	case acceptable && c.options.AcceptedBy != "":
		ending.Accepted, ending.AcceptedBy = text, c.options.AcceptedBy
	default:
		ending.Outcome, ending.Error = model.Suspicious, text+"; "+advice(source, only3, acceptable)
	}
	return ending, nil
}

// agreeing counts the days of collections that agree with each other, this one included.
func (c *Collector) agreeing(ctx context.Context, collection *records.Collection, l looked, expect records.Expectation) (uint64, error) {
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

// whenEmpty says what to look at when lists of a source have no row; nil when they may have none.
func whenEmpty(source Source) func(lists []string) string {
	emptiable, ok := source.(Emptiable)
	switch {
	case !ok:
		return func([]string) string { return "no row" }
	case emptiable.MayBeEmpty():
		return nil
	}
	return emptiable.WhenEmpty
}

// lists are those of a source of several.
func lists(source Source) []string {
	if listing, ok := source.(Listing); ok {
		return listing.Lists()
	}
	return nil
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
func (c *Collector) look(ctx context.Context, collection *records.Collection, source Source, walk *Walk, remarks []Remark, problem error) (records.Ending, records.Publication, error) {
	publication := records.Publication{Complete: source.Complete(), Hidden: hidden(remarks)}
	if err := collection.NoteRows(ctx, records.Passed{Stopped: walk.stopped, Jumped: walk.jumped}); err != nil {
		return records.Ending{}, publication, err
	}
	if problem != nil {
		return records.Ending{Outcome: model.Failed, Error: problem.Error()}, publication, nil
	}
	var err error
	if publication.Gone, err = c.gone(ctx, collection, source); err != nil {
		return records.Ending{}, publication, err
	}
	ending, err := c.judge(ctx, collection, source, walk, remarks, records.Expectation{
		Complete: source.Complete(), Gone: publication.Gone, Hidden: publication.Hidden,
	})
	publication.Whole = ending.Outcome == model.Look && !walk.partial()
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
