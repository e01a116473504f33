// Package whatif says in words, and writes to files, what a registry that is not in force would change.
package whatif

import (
	"embed"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
	"yangguang/queries/whatif"
)

// Messages are what is said in each language.
//
//go:embed *.yaml
var Messages embed.FS

// itemsNamed is how many items a sentence names.
const itemsNamed = 3

// Sentences are at most five: what moves, what lapses newly and what does not any more, what else becomes of obligations, and the figures of all.
func Sentences(printer language.Printer, result whatif.Result) []string {
	said := sentences{printer: printer, tally: result.Tally}
	if result.Nothing() {
		return []string{said.word("nothing", nil)}
	}
	said.units()
	said.lapses(whatif.NewLapse)
	said.lapses(whatif.NoLapse)
	said.others()
	said.figures(result.Groups)
	return said.all
}

type sentences struct {
	printer language.Printer
	tally   whatif.Tally
	all     []string
}

func (s *sentences) word(id string, values map[string]any) string {
	return s.printer.T("whatif."+id, values)
}

func (s *sentences) say(id string, values map[string]any) { s.all = append(s.all, s.word(id, values)) }

func (s *sentences) units() {
	t := s.tally
	text := s.word("units_alike", nil)
	if t.Up+t.Down+t.Ranks+t.Ratings > 0 {
		text = s.word("units", map[string]any{"Up": t.Up, "Down": t.Down, "Ranks": t.Ranks, "Ratings": t.Ratings})
	}
	if t.Most.UnitID != "" {
		text += s.word("most", map[string]any{"Unit": t.Most.Unit, "Before": score(t.Most.ScoreBefore), "After": score(t.Most.ScoreAfter)})
	}
	if t.Appearing+t.Vanishing > 0 {
		text += s.word("come_and_go", map[string]any{"Appearing": t.Appearing, "Vanishing": t.Vanishing})
	}
	s.all = append(s.all, text)
}

func (s *sentences) lapses(kind string) {
	count := s.tally.Kinds[kind]
	if count.Obligations == 0 {
		return
	}
	items := slices.DeleteFunc(slices.Clone(s.tally.Items), func(of whatif.ItemCount) bool { return of.Kind != kind })
	var named []string
	for _, of := range items[:min(itemsNamed, len(items))] {
		named = append(named, s.word("item", map[string]any{"ID": of.ItemID, "Item": of.Item, "Day": of.Since.Format(model.DayLayout), "N": of.Obligations}))
	}
	list := strings.Join(named, s.word("between", nil))
	if more := len(items) - len(named); more > 0 {
		list += s.word("more_items", map[string]any{"N": more})
	}
	s.say(kind, map[string]any{"N": count.Obligations, "Units": count.Units, "Items": list})
}

func (s *sentences) others() {
	kinds := s.tally.Kinds
	if n := kinds[whatif.Appears].Obligations + kinds[whatif.Vanishes].Obligations + kinds[whatif.State].Obligations + kinds[whatif.Due].Obligations; n > 0 {
		s.say("others", map[string]any{
			"Appears": kinds[whatif.Appears].Obligations, "Vanishes": kinds[whatif.Vanishes].Obligations, "State": kinds[whatif.State].Obligations, "Due": kinds[whatif.Due].Obligations,
		})
	}
}

// figures are those of the group that has all others in it, or of the only one.
func (s *sentences) figures(groups []whatif.Group) {
	if len(groups) == 0 {
		return
	}
	of := groups[len(groups)-1]
	s.say("figures", map[string]any{
		"Group": s.printer.CodeLabel("group", of.After.Group), "ScoreBefore": score(of.Before.Score), "ScoreAfter": score(of.After.Score),
		"CoverageBefore": share(of.Before.Coverage), "CoverageAfter": share(of.After.Coverage),
		"LapsedBefore": of.Before.Lapsed + of.Before.CarriedLapsed, "LapsedAfter": of.After.Lapsed + of.After.CarriedLapsed,
	})
}

func score(value *decimal.Decimal) string {
	if value == nil {
		return "—"
	}
	return value.StringFixed(2)
}

func share(value *decimal.Decimal) string {
	if value == nil {
		return "—"
	}
	return value.Shift(2).StringFixed(1) + "%"
}

// Lists are what a comparison can be written as, a table each.
func Lists() []string { return []string{"units", "obligations", "groups"} }
