package district

import (
	"slices"
	"time"
)

// record is one ledger row before a ledger gives it its form. Zero days are empty cells. Day and text fields that
// must be wrong on purpose go into raw, by field name.
type record struct {
	id                 string
	unit               unit
	parent             string
	item               item
	title, event       string
	period             string
	occurred           time.Time
	proposed, reviewed time.Time
	approved           time.Time
	published          time.Time
	uploaded           time.Time
	withdrawn          time.Time
	scope, channel     string
	url                string
	raw                map[string]string
}

// entered is the day on which the row first appears in its ledger.
func (r record) entered() time.Time {
	if r.published.IsZero() {
		return r.occurred
	}
	return r.published
}

// knownThrough is the record as its ledger shows it at the end of the day: what happens later is not written yet.
func (r record) knownThrough(through time.Time) (record, bool) {
	for _, at := range []*time.Time{&r.proposed, &r.reviewed, &r.approved, &r.published, &r.uploaded, &r.withdrawn} {
		if at.After(through) {
			*at = time.Time{}
		}
	}
	entered := r.entered()
	return r, !entered.IsZero() && !entered.After(through)
}

func (r record) with(field, text string) record {
	raw := map[string]string{field: text}
	for key, value := range r.raw {
		if key != field {
			raw[key] = value
		}
	}
	r.raw = raw
	return r
}

// steps fills 提出—审核—审批 back from the day of publication, in order unless the profile fails.
func (r *record) steps(c chance, p profile) {
	r.approved = r.published.AddDate(0, 0, -c.between(0, 2))
	r.reviewed = r.approved.AddDate(0, 0, -c.between(0, 2))
	r.proposed = r.reviewed.AddDate(0, 0, -c.between(0, 4))
	if !c.happens(p.steps) {
		return
	}
	switch c.IntN(4) {
	case 0:
		r.approved = time.Time{}
	case 1:
		r.reviewed = time.Time{}
	case 2:
		r.proposed, r.reviewed, r.approved = time.Time{}, time.Time{}, time.Time{}
	default:
		r.approved = r.published.AddDate(0, 0, c.between(1, 6)) // approved after it was out
	}
}

// place chooses audience and channel: allowed ones unless the profile fails.
func (r *record) place(c chance, p profile) {
	r.scope, r.channel = oneOf(c, allowed(r.item.scopes, scopes())...), oneOf(c, allowed(r.item.channels, channels())...)
	if c.happens(p.placement) {
		r.misplace(c)
	}
	if r.channel == "website" {
		r.url = "https://yangguang.example/" + r.unit.id + "/" + r.item.id + "/" + r.published.Format("20060102") + ".html"
	}
}

func (r *record) misplace(c chance) {
	restricted, bound := r.item.scopes[0] != "", r.item.channels[0] != ""
	switch {
	case restricted && !slices.Contains(r.item.scopes, "society") && c.happens(.6):
		r.scope = "society" // overexposed
	case bound && c.happens(.7):
		r.channel = oneOf(c, without(channels(), r.item.channels)...)
	case bound:
		r.channel = ""
	case restricted:
		r.scope = oneOf(c, without(scopes(), r.item.scopes)...)
	}
}

func scopes() []string { return []string{"society", "party", "unit"} }

func channels() []string {
	return []string{"board", "website", "wechat_account", "meeting", "wechat_group", "press"}
}

func allowed(listed, every []string) []string {
	if listed[0] == "" {
		return every
	}
	return listed
}

func without(all, unwanted []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(x string) bool { return slices.Contains(unwanted, x) })
}

// upload dates the copy on the district's platform; a backdated record was uploaded long after its stated day.
func (r *record) upload(c chance, p profile) {
	share := .9
	if r.unit.tier == "village" || r.unit.tier == "community" {
		share = .6
	}
	switch {
	case c.happens(p.backdated):
		r.uploaded = r.published.AddDate(0, 0, c.between(5, 45))
	case c.happens(share):
		r.uploaded = r.published.AddDate(0, 0, c.between(0, 2))
	}
}

// display takes a record down once it was up long enough, or too early where the profile fails.
func (r *record) display(c chance, p profile) {
	if r.item.displayDays == 0 {
		return
	}
	up := r.item.displayDays + c.between(0, 12)
	if c.happens(p.brief) {
		up = c.between(1, r.item.displayDays-2)
	}
	r.withdrawn = r.published.AddDate(0, 0, up)
}
