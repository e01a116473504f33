package texts

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"runtime"
	"slices"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/content"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
)

const (
	// fewUnits, or one unit in commonShare, may state the same figure in the same words before it is one that forms have.
	fewUnits    = 8
	commonShare = 5
	// alikeTexts is how much of two texts' words is the same at least.
	alikeTexts = 0.85
	// alikeFigures is how much of what two texts state is the same at least, weighed by how unlikely that is by chance.
	alikeFigures = 0.8
	// enoughBits is how unlikely what they share must be by chance, as a power of two.
	enoughBits = 20
	// longText is how many letters say so much that nobody writes them twice by chance; of longer ones figures need not tell.
	longText = 200
	// pairsAtOnce bounds the texts in memory.
	pairsAtOnce = 1000
)

// stating is a text with what it is held against others by.
type stating struct {
	patrol.Text
	figures []content.Figure // and days, each with its weight
	runs    content.Runs
}

// lookForCopies holds texts of different units against each other: the same words, and the same figures and days, beside those that many units state.
func (l *looker) lookForCopies(ctx context.Context, held patrol.Held) error {
	pairs, err := held.MaybeCopied(ctx, uint64(max(fewUnits, l.places.Count()/commonShare)))
	if err != nil || len(pairs) == 0 {
		return err
	}
	all, err := l.texts.CountSince(ctx, 0)
	if err != nil {
		return err
	}
	return l.findPairs(ctx, held, pairs, all, patrol.Copied, l.copied)
}

// copied says whether a text of one unit is an earlier one of another.
func (l *looker) copied(later, earlier stating, byWords bool) (proof Proof, same bool) {
	if l.nameEachOther(later.Text, earlier.Text) {
		return proof, false // a thing that both did
	}
	alike := content.Alike(later.runs, earlier.runs)
	if alike < alikeTexts {
		return proof, false
	}
	sharedBits, bits, numbers := sharedOf(later.figures, earlier.figures)
	agree := bits == 0 || float64(sharedBits) >= alikeFigures*float64(bits)
	byFigures := agree && len(numbers) >= 2 && sharedBits >= enoughBits
	prose := byWords && agree && utf8.RuneCountInString(later.Skeleton) >= longText && !isRule(later.Text.Text) && l.namesItself(later.Text) && l.namesItself(earlier.Text)
	if !byFigures && !prose {
		return proof, false
	}
	return alikeProof(alike, numbers), true
}

func alikeProof(alike float64, numbers []string) Proof {
	return Proof{Ratio: math.Round(alike*1000) / 1000, Numbers: numbers[:min(len(numbers), mostNumbers)]}
}

// bits is how unlikely it is that a text states what so many of all state, as a power of two.
func bits(all, stating uint64) int {
	return int(math.Log2(float64(max(all, 1)) / float64(max(stating, 1))))
}

// sharedOf is what two texts state alike, in bits, the bits of the one that states more, and what it is.
func sharedOf(ours, theirs []content.Figure) (shared, bits int, numbers []string) {
	left, all, others := map[uint64]int{}, 0, 0
	for _, figure := range theirs {
		left[figure.Key]++
		others += figure.Bits
	}
	for _, figure := range ours {
		all += figure.Bits
		if left[figure.Key] == 0 {
			continue
		}
		left[figure.Key]--
		shared += figure.Bits
		if !slices.Contains(numbers, figure.Text) {
			numbers = append(numbers, figure.Text)
		}
	}
	return shared, max(all, others), numbers
}

// rule is what laws and rules are made of, which units repeat by right.
var rule = regexp.MustCompile(`第[一二三四五六七八九十百\d]+条`)

func isRule(text string) bool { return len(rule.FindAllStringIndex(text, 3)) == 3 }

// namesItself reports whether a text names its own unit.
func (l *looker) namesItself(text patrol.Text) bool {
	return l.places.Names(text.UnitID, text.UnitID, text.Title+"\n"+text.Text)
}

// nameEachOther reports whether one of two texts names both units: then both did it, or one tells of the other.
func (l *looker) nameEachOther(a, b patrol.Text) bool {
	both := func(text patrol.Text) bool {
		said := text.Title + "\n" + text.Text
		return l.places.Names(a.UnitID, b.UnitID, said) && l.places.Names(b.UnitID, a.UnitID, said)
	}
	return both(a) || both(b)
}

// lookForRepeats holds texts of a unit against those of its period before: quarterly notices are alike by right, but for their figures and days.
func (l *looker) lookForRepeats(ctx context.Context, held patrol.Held) error {
	pairs, err := held.MaybeRepeated(ctx)
	if err != nil {
		return err
	}
	return l.findPairs(ctx, held, pairs, 0, patrol.Repeated, repeated)
}

func repeated(later, earlier stating, _ bool) (proof Proof, same bool) {
	alike := content.Alike(later.runs, earlier.runs)
	if alike < alikeTexts {
		return proof, false
	}
	shared, bits, numbers := sharedOf(later.figures, earlier.figures)
	days := slices.ContainsFunc(later.figures, func(f content.Figure) bool { return f.Day })
	if shared != bits || len(later.figures) != len(earlier.figures) || !days && (len(later.figures) < 2 || bits < 8) {
		return proof, false
	}
	return alikeProof(alike, numbers), true
}

// samePair is what is found of a pair that says the same.
type samePair struct {
	later patrol.Key
	ratio float64
	patrol.Finding
}

// findPairs adds a finding for each text of which pairs are judged the same, of several the one that is most alike. What they state weighs by how few of all
// texts state it; of 0 texts, as it is.
func (l *looker) findPairs(
	ctx context.Context, held patrol.Held, pairs []patrol.Pair, all uint64, kind string, judge func(later, earlier stating, byWords bool) (Proof, bool),
) error {
	parts := slices.Collect(slices.Chunk(pairs, pairsAtOnce))
	same := make([][]samePair, len(parts)) // in the order of the pairs, so that of some that are as much alike it is the same one every time
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, part := range parts {
		group.Go(func() error {
			texts, err := l.textsOf(ctx, held, part, all)
			if err != nil {
				return err
			}
			for _, pair := range part {
				later, there := texts[pair.Later]
				earlier, too := texts[pair.Earlier]
				if !there || !too {
					continue // gone meanwhile
				}
				proof, yes := judge(later, earlier, pair.ByWords)
				if !yes {
					continue
				}
				finding, err := l.pairFinding(kind, later.Text, earlier.Text, proof)
				if err != nil {
					return err
				}
				same[i] = append(same[i], samePair{later.Key(), proof.Ratio, finding})
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	best := map[patrol.Key]samePair{}
	for _, one := range slices.Concat(same...) {
		if one.ratio > best[one.later].ratio {
			best[one.later] = one
		}
	}
	for _, one := range best {
		l.found = append(l.found, one.Finding)
	}
	return nil
}

// textsOf are the texts of some pairs by their numbers.
func (l *looker) textsOf(ctx context.Context, held patrol.Held, pairs []patrol.Pair, all uint64) (map[uint64]stating, error) {
	var refs, keys []uint64
	for _, pair := range pairs {
		refs = append(refs, pair.Later, pair.Earlier)
	}
	slices.Sort(refs)
	paired, err := held.Paired(ctx, slices.Compact(refs))
	if err != nil {
		return nil, err
	}
	texts := map[uint64]stating{}
	for ref, text := range paired {
		figures := content.Compare(text.Text, l.places.OwnNames(text.UnitID)).Figures
		texts[ref] = stating{text, figures, content.RunsOf(text.Skeleton)}
		for _, figure := range figures {
			keys = append(keys, figure.Key)
		}
	}
	if all == 0 {
		return texts, nil
	}
	slices.Sort(keys)
	stated, err := held.Stated(ctx, slices.Compact(keys))
	for _, text := range texts {
		for i, figure := range text.figures {
			text.figures[i].Bits = bits(all, stated[figure.Key])
		}
	}
	return texts, err
}

func (l *looker) pairFinding(kind string, later, earlier patrol.Text, proof Proof) (patrol.Finding, error) {
	proof.Ours, proof.Theirs = shown(later.Text, shownText), shown(earlier.Text, shownText)
	proof.Found, proof.Expected = l.places.Name(earlier.UnitID), l.places.Name(later.UnitID)
	if kind == patrol.Repeated {
		proof.Found = content.PeriodLabel(dayOf(earlier.PeriodFrom), dayOf(earlier.PeriodTo))
		proof.Expected = content.PeriodLabel(dayOf(later.PeriodFrom), dayOf(later.PeriodTo))
	}
	finding, err := l.finding(kind, later, proof)
	finding.OtherSource, finding.OtherRecordID, finding.OtherVersion = earlier.Source, earlier.RecordID, earlier.Version
	return finding, err
}

const (
	// mostLikely is how likely it may be by chance that so many records came in the week before an assessment.
	mostLikely = 1e-4
	assessedIn = 7 // days before an assessment
)

// lookForRushes counts the records of each unit that came in the week before an assessment, against those of all others that published the same items.
func (l *looker) lookForRushes(ctx context.Context) error {
	assessed, err := l.texts.Assessments(ctx, l.Zone)
	assessed = slices.DeleteFunc(assessed, func(day time.Time) bool { return day.Before(l.today.AddDate(-1, 0, 0)) || day.After(l.today) })
	if err != nil || len(assessed) < 2 {
		return err // of one nothing can be told
	}
	rushes, err := l.texts.Rushes(ctx, l.today, assessed)
	if err != nil {
		return err
	}
	var days []string
	for _, day := range assessed {
		days = append(days, day.Format("2006-01-02"))
	}
	for _, one := range rushes {
		share := max(one.Expected/float64(one.Records), float64(assessedIn*len(assessed))/365)
		if tail(one.Records, one.InWeek, share) > mostLikely {
			continue
		}
		finding, err := l.finding(patrol.Rushed, patrol.Text{UnitID: one.UnitID}, Proof{
			Records: int(one.Records), InWeek: int(one.InWeek), Usual: fmt.Sprintf("%.1f", share*float64(one.Records)), Assessed: days,
		})
		if err != nil {
			return err
		}
		l.found = append(l.found, finding)
	}
	return nil
}

// lookForBackdating adds a finding for each record that is back-dated: a person has to say whether it is so before anything follows from it.
func (l *looker) lookForBackdating(ctx context.Context) error {
	return l.texts.BackdatedRecords(ctx, func(r patrol.BackdatedRecord) error {
		proof, err := json.Marshal(Proof{PublishedOn: r.PublishedOn.Format(model.DayLayout), EvidencedOn: r.EvidencedOn.Format(model.DayLayout)})
		if err != nil {
			return fmt.Errorf("write what a finding shows: %w", err)
		}
		l.found = append(l.found, patrol.Finding{
			Kind: patrol.Backdated, Source: r.Source, RecordID: r.RecordID, Version: r.Version, UnitID: r.UnitID, ItemID: r.ItemID, Period: r.Period, URL: r.URL,
			FoundOn: l.today, Proof: string(proof),
		})
		return nil
	})
}

// tail is how likely at least so many of all are, each with a probability.
func tail(all, least uint64, probability float64) float64 {
	if probability >= 1 {
		return 1
	}
	sum := 0.0
	for k := least; k <= all; k++ {
		n, of := float64(all), float64(k)
		a, _ := math.Lgamma(n + 1)
		b, _ := math.Lgamma(of + 1)
		c, _ := math.Lgamma(n - of + 1)
		sum += math.Exp(a - b - c + of*math.Log(probability) + (n-of)*math.Log1p(-probability))
	}
	return sum
}
