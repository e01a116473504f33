package reference

import (
	"slices"
	"time"

	"yangguang/queries/model"
)

// hasEvidence: a record published by the as-of day from an online source or with uploaded_on (SPEC §5 evidence_share), whenever that was.
func (o Obligation) hasEvidence() bool {
	return slices.ContainsFunc(publishedBy(o.Records, o.asOf), func(r Record) bool { return r.Online || !r.Uploaded.IsZero() })
}

// countRecords counts records published in the window by the as-of day: those of the items asked, owed by the unit's tier or not.
func (d District) countRecords(counts *Counts, unit model.Unit, q model.Question) {
	for _, record := range d.Records {
		item, found := d.item(record.ItemID)
		if record.UnitID != unit.ID || !found || !asked(item, q) || !record.publishedBy(q.AsOf) || !covers(q.From, q.To, record.Published) {
			continue
		}
		if d.backdated(record) {
			counts.Backdated++
		}
		if record.overexposed(item) {
			counts.Overexposed++
		}
	}
}

func asked(item model.Item, q model.Question) bool {
	return (q.Programme == "" || item.Programme == q.Programme) && (q.Focus == "" || item.Focus == q.Focus)
}

// supervise counts notices and institutions (SPEC §5), those of a unit whatever items are asked.
func (d District) supervise(counts *Counts, unit model.Unit, q model.Question) {
	for _, notice := range d.NoticesInForce() {
		if notice.UnitID != unit.ID {
			continue
		}
		issued := !notice.IssuedOn.After(q.AsOf)
		rectified := !notice.RectifiedOn.IsZero() && !notice.RectifiedOn.After(q.AsOf)
		if notice.YellowCard && issued && covers(q.From, q.To, notice.IssuedOn) {
			counts.YellowCards++
		}
		if issued && !rectified {
			counts.OpenRectifications++
		}
		if !notice.RectifyBy.IsZero() && notice.RectifyBy.Before(q.AsOf) && !rectified {
			counts.OverdueRectifications++
		}
	}
	established := map[string]bool{}
	for _, institution := range d.Registry.Institutions {
		if institution.UnitID == unit.ID && !institution.EstablishedOn.After(q.AsOf) {
			established[institution.Institution] = true
		}
	}
	counts.Institutions = len(established)
}

// countJudged counts what people have confirmed and was not mended by the as-of day: back-dated records published in the window by that day, and links that
// had been found to fail by it, of the items asked (SPEC §5, caps of the rating).
func (d District) countJudged(counts *Counts, unit model.Unit, q model.Question) {
	for _, finding := range d.Judged {
		record := d.Records[finding.Record]
		item, found := d.item(record.ItemID)
		mended := !finding.MendedOn.IsZero() && !finding.MendedOn.After(q.AsOf)
		switch {
		case record.UnitID != unit.ID || !found || !asked(item, q) || !finding.Confirmed || mended:
		case finding.Backdated && record.publishedBy(q.AsOf) && covers(q.From, q.To, record.Published):
			counts.confirmedBackdated++
		case !finding.Backdated && !finding.FoundOn.After(q.AsOf):
			counts.confirmedFailingLinks++
		}
	}
}

// previousQuestion is about the previous window: back by the months that the window touches if these are 1, 2, 3, 6, 12 or more, else by 12;
// day numbers clamped, a month's last day staying a month's last day; the as-of day alike (SPEC §5).
func previousQuestion(q model.Question) model.Question {
	months := 12*(q.To.Year()-q.From.Year()) + int(q.To.Month()-q.From.Month()) + 1
	if months < 12 && months != 1 && months != 2 && months != 3 && months != 6 {
		months = 12
	}
	back := func(day time.Time) time.Time {
		last := time.Date(day.Year(), day.Month()-time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
		if day.AddDate(0, 0, 1).Day() == 1 || day.Day() > last.Day() {
			return last
		}
		return time.Date(last.Year(), last.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	}
	q.From, q.To, q.AsOf = back(q.From), back(q.To), back(q.AsOf)
	return q
}
