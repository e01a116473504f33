package country

import (
	"time"

	"yangguang/collector/record"
)

// mistake is what is wrong with a row that is put right later.
type mistake int

const (
	right mistake = iota
	draftTitle
	noScope
	noApproval
)

// begin begins a record that is entered on a day and says that it was published on another (none: not at all). It is false when there
// is nothing to be filled in: the day lies behind the window, the row belongs to the other stage, or records are only counted.
func (t *teller) begin(d *duty, c chance, entered, published day) bool {
	if entered > t.country.to {
		return false
	}
	t.mistake = right
	if published != none && c.happens(.009) && entered+day(c.between(20, 60)) <= t.country.to {
		t.mistake = mistake(c.between(int(draftTitle), int(noApproval)))
	}
	if t.stage == corrections && t.mistake == right {
		return false
	}
	t.count++
	if t.each == nil {
		return false
	}
	t.duty, t.chance, t.published, t.undated = d, c, published, false
	t.record = record.Record{UnitID: t.unit.id, ItemID: d.item.ID, PublishedOn: published.time(), Steps: true}
	return true
}

// finish fills in how the record was published, and tells it.
func (t *teller) finish() {
	if t.published != none {
		if !t.undated {
			t.steps()
		}
		t.place()
		t.upload()
		t.display()
	}
	if t.stage == originals {
		switch t.mistake {
		case draftTitle:
			t.record.Title += "草稿"
		case noScope:
			t.record.Scope = ""
		case noApproval:
			t.record.ApprovedOn = time.Time{}
		}
	}
	t.each(&t.record)
}

// known is the day, unless it lies behind the window: what happens later is not written yet.
func (t *teller) known(on day) time.Time {
	if on > t.country.to {
		return time.Time{}
	}
	return on.time()
}

// steps fills 提出—审核—审批 back from the day of publication, in order unless the profile fails.
func (t *teller) steps() {
	c, r := &t.chance, &t.record
	approved := t.published - day(c.between(0, 2))
	reviewed := approved - day(c.between(0, 2))
	proposed := reviewed - day(c.between(0, 4))
	if !r.OccurredOn.IsZero() && t.duty.item.Cadence == "event" {
		occurred := dayOf(r.OccurredOn)
		approved, reviewed, proposed = max(approved, occurred), max(reviewed, occurred), max(proposed, occurred)
	}
	r.ProposedOn, r.ReviewedOn, r.ApprovedOn = proposed.time(), reviewed.time(), approved.time()
	if !c.happens(t.profile.steps) {
		return
	}
	switch c.below(4) {
	case 0:
		r.ApprovedOn = time.Time{}
	case 1:
		r.ReviewedOn = time.Time{}
	case 2:
		r.ProposedOn, r.ReviewedOn, r.ApprovedOn = time.Time{}, time.Time{}, time.Time{}
	default:
		r.ApprovedOn = t.known(t.published + day(c.between(1, 6))) // approved after it was out
	}
}

// place chooses audience and channel: allowed ones unless the profile fails.
func (t *teller) place() {
	c, r, d := &t.chance, &t.record, t.duty
	r.Scope, r.Channel = oneOf(c, d.scopes), oneOf(c, d.channels)
	if c.happens(t.profile.placement) {
		switch {
		case len(d.wrong.scopes) > 0 && c.happens(.4):
			r.Scope = oneOf(c, d.wrong.scopes) // society where it is not allowed: overexposed
		case len(d.wrong.channels) > 0:
			r.Channel = oneOf(c, d.wrong.channels)
		default:
			r.Channel = ""
		}
	}
	if r.Channel == "website" {
		b := append(append(t.scratch[:0], "https://yangguang.example/"...), t.unit.id...)
		b = append(append(append(b, '/'), d.item.ID...), '/')
		b = append(r.PublishedOn.AppendFormat(b, "20060102"), ".html"...)
		t.scratch = b
		r.URL = t.texts.keepBytes(b)
	}
}

// upload dates the copy on the district's platform; a backdated record was uploaded long after its stated day.
func (t *teller) upload() {
	share := .6
	if t.official {
		share = .9
	}
	switch {
	case t.chance.happens(t.profile.backdated):
		t.record.UploadedOn = t.known(t.published + day(t.chance.between(5, 45)))
	case t.chance.happens(share):
		t.record.UploadedOn = t.known(t.published + day(t.chance.between(0, 2)))
	}
}

// display takes a record down once it was up long enough, or too early where the profile fails.
func (t *teller) display() {
	atLeast := int(t.duty.item.DisplayDays)
	if atLeast == 0 {
		return
	}
	up := atLeast + t.chance.between(0, 12)
	if t.chance.happens(t.profile.brief) {
		up = t.chance.between(1, atLeast-2)
	}
	t.record.WithdrawnOn = t.known(t.published + day(up))
}
