package collector

import (
	"strings"

	"yangguang/collector/record"
	"yangguang/queries/civil"
	"yangguang/queries/records"
)

// evidence is what an online record's collection knows of earlier ones.
type evidence struct {
	*records.Collection
	wanted bool // the source is an online one
}

// Chunk receives the rows of one call of Sink.Rows, each by its number within the call.
type Chunk struct {
	first    uint64 // version of row 0
	above    uint64 // rows of the collection before row 0
	put      uint64 // rows of the call under way
	evidence evidence
	shownOn  func(text string) string // the day that a text says, 2026-07-01, or empty
	batch    *records.Batch
	rejects  []records.RejectedRow
	waiting  []records.RecordVersion // online records of the call under way, which may still be told what they are made of
	contents map[uint64]string       // by version, of the call under way
	kept     []records.RawContent
	keptSize int    // bytes of text in kept
	tried    *trial // not nil: nothing is stored
}

// Record puts a good row. place names file, sheet and row, or the address, it was read from.
func (c *Chunk) Record(number int, place string, r *record.Record) {
	if c.tried != nil {
		c.tried.record(number, place, r)
		return
	}
	c.put++
	row := records.RecordVersion{
		Version:  c.first + uint64(number),
		RecordID: r.RecordID, Derived: r.Derived, UnitID: r.UnitID, ItemID: r.ItemID, Title: r.Title, EventID: r.EventID,
		EventKey: r.EventKey, Period: r.Period, PeriodFrom: r.PeriodFrom, PeriodTo: r.PeriodTo, OccurredOn: r.OccurredOn,
		ProposedOn: r.ProposedOn, ReviewedOn: r.ReviewedOn, ApprovedOn: r.ApprovedOn, PublishedOn: r.PublishedOn,
		UploadedOn: r.UploadedOn, WithdrawnOn: r.WithdrawnOn, Scope: r.Scope, Channel: r.Channel, URL: r.URL,
		Steps: r.Steps, Online: r.Online, DatedBySight: r.DatedBySight, Place: place,
		Hash: max(r.Hash, 1), // 0 is the hash of a record that is gone
	}
	if !r.Online {
		c.batch.Add(&row)
		return
	}
	row.UnseenOn = c.evidence.LastLook(c.above + uint64(number) + 1)
	c.waiting = append(c.waiting, row)
}

// Reject puts a bad row. The record id and title that it brings, if any, keep the record it meant from being taken for gone.
func (c *Chunk) Reject(place, reason, content string, fields record.Fields) {
	if c.tried != nil {
		c.tried.reject(place, reason, content, fields)
		return
	}
	c.rejects = append(c.rejects, records.RejectedRow{
		Place: place, Reason: reason, Content: content, RecordID: strings.TrimSpace(fields.RecordID), Title: strings.TrimSpace(fields.Title),
		Number: c.first + c.put, Day: c.shownOn(fields.PublishedOn),
	})
	c.put++
}

// WantsContent reports whether what Content would be given is of use; a ledger's rows are not worth being written out otherwise.
func (c *Chunk) WantsContent() bool {
	return c.tried != nil || c.evidence.wanted
}

// Content puts what the good row of that number was made of, as the source had it, before or after its Record.
func (c *Chunk) Content(number int, text string) {
	if c.tried != nil {
		c.tried.content(number, text)
		return
	}
	if c.contents == nil {
		c.contents = map[uint64]string{}
	}
	c.contents[c.first+uint64(number)] = text
}

// settle ends a call of Sink.Rows: its online records are as complete as they will be.
func (c *Chunk) settle() {
	for i := range c.waiting {
		row := &c.waiting[i]
		if text := c.contents[row.Version]; text != "" {
			if c.evidence.HadRow(text) {
				row.UnseenOn = civil.Day{}
			}
			c.kept = append(c.kept, records.RawContent{Version: row.Version, RecordID: row.RecordID, Hash: row.Hash, Text: text})
			c.keptSize += len(text)
		}
		c.batch.Add(row)
	}
	clear(c.waiting)
	c.waiting = c.waiting[:0]
	clear(c.contents)
}
