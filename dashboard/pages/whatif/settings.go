package whatif

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// settings are an assessment whose numbers a form can change.
type settings struct {
	model.Assessment
	minAssessed model.Number
	caps        []ratingCap
}

// ratingCap is a cap by its key in rating_caps.
type ratingCap struct {
	name string
	of   *model.RatingCap
}

// group is a fieldset of the form.
type group struct {
	Legend string
	Fields []field
}

// field is a number with where its slider ends and its step, or a choice among codes.
type field struct {
	Name, Label, Value string
	Most, Step         string
	Choices            []page.Link // code and name; none: a number
}

// number is one that the form offers, by the name of its group and its own; up to most, in steps of so many hundredths, its slider goes.
type number struct {
	group, name string
	of          *model.Number
	most        int64
	step        int64
}

// inForce are the settings in force as people know them: the weights of the score, which are stored in their ratio alone, as parts of 100 where these are exact.
func inForce(a *page.Request) *settings {
	s := &settings{Assessment: a.Options.Assessment()}
	s.minAssessed = model.Whole(int64(s.MinAssessed))
	for i, of := range []*model.RatingCap{&s.RatingCaps.Backdated, &s.RatingCaps.OverdueRectifications, &s.RatingCaps.FailingLinks} {
		s.caps = append(s.caps, ratingCap{s.RatingCaps.Named()[i].Name, of})
	}
	weights := []*model.Number{&s.Score.Coverage, &s.Score.Timeliness, &s.Score.Procedure, &s.Score.Placement}
	sum := decimal.Zero
	for _, weight := range weights {
		sum = sum.Add(weight.Decimal)
	}
	var parts []decimal.Decimal
	for _, weight := range weights {
		part := weight.Shift(2).DivRound(sum, 2)
		if !part.Mul(sum).Equal(weight.Shift(2)) {
			return s
		}
		parts = append(parts, part)
	}
	for i, weight := range weights {
		weight.Decimal = parts[i]
	}
	return s
}

// numbers are those of the form, in its order.
func (s *settings) numbers() []number {
	offered := []number{
		{"score", "coverage", &s.Score.Coverage, 100, 100},
		{"score", "timeliness", &s.Score.Timeliness, 100, 100},
		{"score", "procedure", &s.Score.Procedure, 100, 100},
		{"score", "placement", &s.Score.Placement, 100, 100},
		{"classes", "essential", &s.Classes.Essential, 10, 50},
		{"classes", "obligatory", &s.Classes.Obligatory, 10, 50},
		{"classes", "recommended", &s.Classes.Recommended, 10, 50},
		{"ratings", "excellent", &s.Ratings.Excellent, 100, 100},
		{"ratings", "good", &s.Ratings.Good, 100, 100},
		{"ratings", "pass", &s.Ratings.Pass, 100, 100},
		{"deductions", "yellow_card", &s.Deductions.YellowCard, 20, 50},
		{"deductions", "overdue_rectification", &s.Deductions.OverdueRectification, 20, 50},
		{"deductions", "limit", &s.Deductions.Limit, 100, 100},
		{"ranked", "verified", &s.Verified, 1, 1},
		{"ranked", "min_assessed", &s.minAssessed, 50, 100},
	}
	for _, one := range s.caps {
		offered = append(offered, number{"caps", one.name, &one.of.From, 20, 100})
	}
	return offered
}

// best is the name of the field of the rating that a cap leaves.
func best(cap string) string { return "best." + cap }

// fieldsets are the settings as the form offers them. A cap that is not set stands as 0.
func (s *settings) fieldsets(a *page.Request) (sets []group) {
	for _, n := range s.numbers() {
		if legend := a.T("what_if.group." + n.group); len(sets) == 0 || sets[len(sets)-1].Legend != legend {
			sets = append(sets, group{Legend: legend})
		}
		set := &sets[len(sets)-1]
		most := decimal.Max(decimal.NewFromInt(n.most), n.of.Decimal)
		set.Fields = append(set.Fields, field{Name: n.group + "." + n.name, Label: a.T("what_if.number." + n.group + "." + n.name), Value: n.of.String(), Most: most.String(), Step: decimal.New(n.step, -2).String()})
		if at := slices.IndexFunc(s.caps, func(one ratingCap) bool { return &one.of.From == n.of }); at >= 0 {
			set.Fields = append(set.Fields, bestOf(a, s.caps[at]))
		}
	}
	return sets
}

// bestOf offers the ratings that a cap may leave.
func bestOf(a *page.Request, one ratingCap) field {
	choice := field{Name: best(one.name), Label: a.T("what_if.best"), Value: one.of.Best.Code}
	for _, code := range model.CappedRatings() {
		choice.Choices = append(choice.Choices, page.Link{Text: a.CodeLabel("rating", code), Note: code})
	}
	return choice
}

// said is a setting that a draft changes, in words of whatever language the result is read in.
type said func(page.Text) string

// take sets what a form changes.
func (s *settings) take(a *page.Request, form url.Values) (changed []said, err error) {
	was := s.RatingCaps.Named()
	for _, n := range s.numbers() {
		field := n.group + "." + n.name
		text := strings.TrimSpace(form.Get(field))
		if text == "" {
			continue
		}
		value, err := decimal.NewFromString(text)
		if err != nil || value.IsNegative() {
			return nil, &model.UserError{Parameter: field, Value: text, Expected: a.T("what_if.expected_number")}
		}
		if !value.Equal(n.of.Decimal) && n.group != "caps" {
			from, to := n.of.String(), value.String()
			changed = append(changed, func(t page.Text) string { return t.T("what_if.number."+field) + " " + from + " → " + to })
		}
		n.of.Decimal = value
	}
	if !s.minAssessed.IsInteger() || s.minAssessed.GreaterThan(decimal.NewFromInt(math.MaxUint32)) {
		return nil, &model.UserError{Parameter: "ranked.min_assessed", Value: s.minAssessed.String(), Expected: a.T("what_if.expected_number")}
	}
	s.MinAssessed = uint32(s.minAssessed.IntPart())
	for i, one := range s.caps {
		if one.of.From.IsZero() {
			*one.of = model.RatingCap{}
		} else if one.of.Best.Code = form.Get(best(one.name)); !slices.Contains(model.CappedRatings(), one.of.Best.Code) {
			return nil, &model.UserError{Parameter: best(one.name), Value: one.of.Best.Code, Expected: strings.Join(model.CappedRatings(), ", ")}
		}
		if before, after := was[i].RatingCap, *one.of; capped(a.Text, before) != capped(a.Text, after) {
			changed = append(changed, func(t page.Text) string {
				return t.T("what_if.number.caps."+one.name) + " " + capped(t, before) + " → " + capped(t, after)
			})
		}
	}
	return changed, nil
}

// capped is a cap in words.
func capped(t page.Text, cap model.RatingCap) string {
	if cap.IsZero() {
		return t.T("what_if.no_cap")
	}
	return t.T("what_if.cap", "From", cap.From.String(), "Best", t.CodeLabel("rating", cap.Best.Code))
}

// settingsOf is a draft of what differs from the settings in force, and of one item's due days.
func settingsOf(a *page.Request, form url.Values) (draft page.WhatIfDraft, err error) {
	s := inForce(a)
	changed, err := s.take(a, form)
	if err != nil {
		return draft, err
	}
	if len(changed) > 0 {
		draft.Assessment = &s.Assessment
	}
	if id := form.Get("item"); id != "" {
		days, err := strconv.ParseUint(form.Get("due_days"), 10, 16)
		if err != nil {
			return draft, &model.UserError{Parameter: "due_days", Value: form.Get("due_days"), Expected: a.T("what_if.expected_days")}
		}
		draft.DueDays = map[string]uint16{id: uint16(days)}
		changed = append(changed, func(t page.Text) string { return id + " → " + t.T("unit.days", "Count", days) })
	}
	draft.Changed = func(t page.Text) string {
		var words []string
		for _, one := range changed {
			words = append(words, one(t))
		}
		return strings.Join(words, t.T("list.comma"))
	}
	if len(changed) == 0 {
		err = &model.UserError{Parameter: "settings", Value: "", Expected: a.T("what_if.expected_change")}
	}
	return draft, err
}
