package dashboard

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"yangguang/queries"
)

// proofBody is what pages/proof.html shows.
type proofBody struct {
	Crumbs          []link
	Title, Sentence string
	Tags            []cell
	Days            []moment
	Facts           []fact
	Content         contentPanel
	Versions        figure
}

// moment is a day of a record's life.
type moment struct {
	Day, Label, Note string
	Class            string // claimed: what the source says; evidence: what is counted instead
}

// proof shows one record: what its source said of it, version by version, and whether that can be believed.
func proof(ctx context.Context, a *ask) (content, error) {
	chosen, err := versionAsked(a.address.get("version"))
	if err != nil {
		return content{}, err
	}
	source, id := a.request.PathValue("source"), a.request.PathValue("record")
	p, err := a.store.Proof(ctx, a.question, source, id)
	if err != nil {
		return content{}, err
	}
	at := slices.IndexFunc(p.Versions, func(v queries.ProofVersion) bool { return v.Version == chosen || chosen == 0 && v.ContentBytes > 0 })
	if at < 0 && (chosen != 0 || len(p.Versions) == 0) {
		return content{}, &errNotFound{a.T("problem.no_record", "Record", id, "Source", source)}
	}
	latest := p.Versions[0]
	body := proofBody{
		Crumbs: a.proofCrumbs(latest), Title: cmp.Or(latest.Title, latest.Item, id), Sentence: a.proofSentence(p), Tags: a.proofTags(p),
		Days: a.proofDays(p), Facts: a.proofFacts(latest), Versions: a.versionsFigure(p, max(at, 0)),
	}
	if body.Content, err = a.contentPanel(ctx, p, max(at, 0)); err != nil {
		return content{}, err
	}
	return content{Title: a.T("proof.title", "Title", body.Title), Body: body}, nil
}

// versionAsked reads the parameter version; 0 is the latest with a content.
func versionAsked(text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	version, err := strconv.ParseUint(text, 10, 64)
	if err != nil || version == 0 {
		return 0, &queries.UserError{Parameter: "version", Value: text, Expected: "the number of a version that the page lists"}
	}
	return version, nil
}

func (a *ask) proofCrumbs(v queries.ProofVersion) []link {
	return []link{{Text: cmp.Or(v.Unit, v.UnitID), Href: a.address.at(unitPath(v.UnitID)).String()}}
}

func (a *ask) proofTags(p queries.Proof) []cell {
	latest := p.Versions[0]
	tags := []cell{
		{Text: cmp.Or(latest.Item, latest.ItemID)},
		{Text: a.T("proof.source", "Source", p.Source, "Kind", a.CodeLabel("kind", p.Kind)), Href: a.address.at(sourcePath(p.Source)).String()},
	}
	if p.Backdated {
		tags = append(tags, cell{Text: a.T("unit.backdated"), Tag: "rating-fail"})
	}
	if latest.Gone {
		tags = append(tags, cell{Text: a.T("proof.gone"), Tag: "rating-pass"})
	}
	if followable(latest.URL) {
		tags = append(tags, cell{Text: a.T("proof.original"), Href: latest.URL, External: true})
	}
	return tags
}

// proofSentence says when the record claims to have been published, and what speaks for or against that.
func (a *ask) proofSentence(p queries.Proof) string {
	latest := p.Versions[0]
	if latest.PublishedOn == nil {
		return a.T("proof.unpublished")
	}
	published := latest.PublishedOn.Format(dayLayout)
	switch {
	case p.Backdated && p.EvidencedOn != nil:
		why := "proof.backdated_unseen"
		if latest.UploadedOn != nil && latest.UploadedOn.Equal(*p.EvidencedOn) {
			why = "proof.backdated_uploaded"
		} else if latest.ShownOn != nil && latest.ShownOn.Equal(*p.EvidencedOn) {
			why = "proof.backdated_shown"
		}
		return a.T(why, "Claimed", published, "Evidenced", p.EvidencedOn.Format(dayLayout), "Count", untilDay(*latest.PublishedOn, *p.EvidencedOn))
	case latest.DatedBySight:
		return a.T("proof.dated_by_sight", "Day", published)
	case !latest.Online:
		return a.T("proof.ledger", "Claimed", published)
	default:
		return a.T("proof.plausible", "Claimed", published, "Seen", latest.FirstSeen.In(a.zone).Format(dayLayout), "Count", p.ToleranceDays)
	}
}

// proofDays puts the days of the record in force into their order.
func (a *ask) proofDays(p queries.Proof) []moment {
	latest := p.Versions[0]
	var days []moment
	add := func(day *time.Time, label, note, class string) {
		if day != nil {
			days = append(days, moment{day.Format(dayLayout), label, note, class})
		}
	}
	counted := func(day *time.Time) string {
		if p.Backdated && day != nil && p.EvidencedOn != nil && day.Equal(*p.EvidencedOn) {
			return "evidence"
		}
		return ""
	}
	add(latest.OccurredOn, a.Label("occurred_on"), "", "")
	add(latest.ProposedOn, a.Label("proposed_on"), "", "")
	add(latest.ReviewedOn, a.Label("reviewed_on"), "", "")
	add(latest.ApprovedOn, a.Label("approved_on"), "", "")
	claim := a.T("proof.claimed_about")
	if latest.DatedBySight {
		claim = a.T("proof.by_sight_about")
	}
	add(latest.PublishedOn, a.T("proof.claimed"), claim, "claimed")
	add(latest.UploadedOn, a.Label("uploaded_on"), a.T("proof.uploaded_about"), counted(latest.UploadedOn))
	add(latest.ShownOn, a.T("proof.shown"), a.T("proof.shown_about"), counted(latest.ShownOn))
	add(latest.UnseenOn, a.T("proof.unseen"), a.T("proof.unseen_about"), counted(latest.UnseenOn))
	seen := queries.Today(latest.FirstSeen.In(a.zone))
	add(&seen, a.T("proof.first_seen"), a.T("proof.first_seen_about", "Instant", a.instant(latest.FirstSeen)), "")
	add(latest.WithdrawnOn, a.Label("withdrawn_on"), "", "")
	slices.SortStableFunc(days, func(x, y moment) int { return cmp.Compare(x.Day, y.Day) })
	return days
}

// proofFacts are the record's fields as they were read.
func (a *ask) proofFacts(v queries.ProofVersion) []fact {
	var facts []fact
	for _, field := range versionFields(a) {
		value := field.value(v)
		shown := a.words(value)
		if value == "" {
			shown = a.none("none.not_given")
		} else if field.key == "url" && followable(v.URL) {
			shown = cell{Text: v.URL, Href: v.URL, External: true}
		}
		facts = append(facts, fact{Label: field.label, Value: shown})
	}
	return append(facts, fact{Label: a.Label("place"), Value: a.inner(v.Place)})
}
