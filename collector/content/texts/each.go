package texts

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/attachment"
	"yangguang/collector/content"
	"yangguang/collector/record"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
)

// Proof is what a finding shows; private data in it are masked.
type Proof struct {
	Excerpt   string   `json:"excerpt,omitempty"`
	Ours      string   `json:"ours,omitempty"`
	Theirs    string   `json:"theirs,omitempty"`
	Ratio     float64  `json:"ratio,omitempty"` // of what two texts have in common, 0 to 1
	Numbers   []string `json:"numbers,omitempty"`
	Length    int      `json:"length,omitempty"`
	Threshold int      `json:"threshold,omitempty"`
	Found     string   `json:"found,omitempty"`
	Expected  string   `json:"expected,omitempty"`
	Fault     string   `json:"fault,omitempty"`
	Masked    []string `json:"masked,omitempty"` // private data, so that nobody can read them
	Count     int      `json:"count,omitempty"`  // of them
	Records   int      `json:"records,omitempty"`
	InWeek    int      `json:"in_week,omitempty"`  // of the records: before an assessment
	Usual     string   `json:"usual,omitempty"`    // how many would be if the unit published as all others do
	Assessed  []string `json:"assessed,omitempty"` // days of assessments

	PublishedOn string `json:"published_on,omitempty"` // as the record says
	EvidencedOn string `json:"evidenced_on,omitempty"` // as it proves
}

const (
	shownText    = 4000 // characters of a text that a proof shows
	shownExcerpt = 120
	mostNumbers  = 50
)

// lookAtEach looks at each text that is new by itself.
func (l *looker) lookAtEach(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	texts := make(chan patrol.Text, textsAtOnce)
	group.Go(func() error {
		defer close(texts)
		return l.texts.Since(ctx, l.since, func(text patrol.Text) error { return send(ctx, texts, text) })
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for text := range texts {
				found, err := l.lookAt(text)
				if err != nil {
					return err
				}
				l.lock.Lock()
				l.looked[text.Key()] = true
				l.found = append(l.found, found...)
				l.lock.Unlock()
				if l.Advance != nil {
					l.Advance(1)
				}
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// lookAt is what one text shows by itself.
func (l *looker) lookAt(text patrol.Text) (found []patrol.Finding, err error) {
	add := func(kind string, proof Proof) {
		finding, problem := l.finding(kind, text, proof)
		if err == nil {
			err = problem
		}
		found = append(found, finding)
	}
	l.lookForPrivateData(text, add)
	opens, known := attachment.Opens(text.Fault)
	switch {
	case !known:
		return found, err
	case !opens:
		add(patrol.Broken, Proof{Fault: attachment.Sentence(text.Fault)})
		return found, err
	case text.Fault == attachment.NoText:
		add(patrol.NoText, Proof{Fault: attachment.Sentence(text.Fault)})
		return found, err
	}
	page := text.Place == "" || text.Place == strings.TrimSpace(text.URL)
	if page && text.Fault == attachment.None && (text.Kind == attachment.HTML || text.Kind == attachment.Text) {
		least := l.least[text.ItemID]
		if says := content.WhatItSays(text.Title, text.Text, least); says.Kind != "" {
			proof := Proof{Excerpt: shown(text.Text, shownExcerpt), Length: says.Letters}
			if says.Kind == patrol.TooShort {
				proof.Threshold = least
			}
			add(says.Kind, proof)
		}
	}
	period := record.Period{From: dayOf(text.PeriodFrom), To: dayOf(text.PeriodTo)}
	if other := content.OtherPeriod(text.Title, text.Text, period, dayOf(text.PublishedOn)); other != "" {
		add(patrol.Otherwhen, Proof{Found: other, Expected: content.PeriodLabel(period.From, period.To), Excerpt: excerptAround(text.Title+"\n"+text.Text, other)})
	}
	if other := l.places.OtherPlace(text.UnitID, text.Title, text.Text); other != "" {
		add(patrol.Elsewhere, Proof{Found: other, Expected: l.places.Name(text.UnitID), Excerpt: excerptAround(text.Title+"\n"+text.Text, other)})
	}
	return found, err
}

// lookForPrivateData adds a finding for each kind, which shows all that there is of it.
func (l *looker) lookForPrivateData(text patrol.Text, add func(string, Proof)) {
	whole := text.Text
	if text.Place == "" { // titles are the record's own
		whole = text.Title + "\n" + text.Text
	}
	proofs := map[string]*Proof{}
	masked := []rune(content.Mask(whole))
	for _, one := range content.PrivateData(whole, l.today) {
		proof := proofs[one.Kind]
		if proof == nil {
			proof = &Proof{
				Excerpt: string(masked[max(0, one.From-shownExcerpt/2):min(len(masked), one.To+shownExcerpt/2)]),
			}
			proofs[one.Kind] = proof
		}
		proof.Count++
		if len(proof.Masked) < mostNumbers {
			proof.Masked = append(proof.Masked, one.Masked)
		}
	}
	for _, kind := range model.PrivateFindings() {
		if proof := proofs[kind]; proof != nil {
			add(kind, *proof)
		}
	}
}

// finding is one about a text.
func (l *looker) finding(kind string, text patrol.Text, proof Proof) (patrol.Finding, error) {
	written, err := json.Marshal(proof)
	if err != nil {
		return patrol.Finding{}, fmt.Errorf("write what a finding shows: %w", err)
	}
	url := text.Place
	if url == "" {
		url = strings.TrimSpace(text.URL)
	}
	return patrol.Finding{
		Kind: kind, Source: text.Source, RecordID: text.RecordID, Version: text.Version, Place: text.Place, UnitID: text.UnitID, ItemID: text.ItemID,
		Period: content.PeriodLabel(dayOf(text.PeriodFrom), dayOf(text.PeriodTo)), URL: url, FoundOn: l.today, Proof: string(written),
	}, nil
}

func dayOf(day *time.Time) time.Time {
	if day == nil {
		return time.Time{}
	}
	return *day
}

// shown is the beginning of a text, masked.
func shown(text string, most int) string {
	masked := []rune(content.Mask(text)) // before it is cut: half a number would not be seen as one
	if len(masked) > most {
		return string(masked[:most]) + "…"
	}
	return string(masked)
}

// excerptAround is a text around what was found in it, masked.
func excerptAround(text, found string) string {
	masked := []rune(content.Mask(text))
	at := strings.Index(text, found)
	if at < 0 {
		return shown(text, shownExcerpt)
	}
	from := len([]rune(text[:at]))
	return string(masked[max(0, from-shownExcerpt/2):min(len(masked), from+len([]rune(found))+shownExcerpt/2)])
}
