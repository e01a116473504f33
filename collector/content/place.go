package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/model"
)

// Places are the units of a registry by what texts call them.
type Places struct {
	units   map[string]*model.Unit
	below   map[string][]string // units above each, itself first
	names   map[string][]string // ids of the units that a name means
	lengths map[rune][]int      // of names, in characters, by their first
	own     map[string][]string // names of a unit and those above it, the longest first
}

// endings are what a village's or town's organisations add to its name.
var endings = []string{
	"村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "党支部委员会", "党总支委员会", "党支部", "党总支", "委员会", "人民政府", "党委", "办事处", "街道办事处", "镇政府", "政府",
}

// shortest is how many characters a name needs to be looked for: shorter ones stand in other words.
const shortest = 3

// NewPlaces reads a registry's units.
func NewPlaces(units []model.Unit) *Places {
	p := &Places{units: map[string]*model.Unit{}, below: map[string][]string{}, names: map[string][]string{}, lengths: map[rune][]int{}, own: map[string][]string{}}
	for i := range units {
		p.units[units[i].ID] = &units[i]
	}
	for id, unit := range p.units {
		for _, name := range namesOf(unit) {
			p.names[name] = append(p.names[name], id)
			letters := []rune(name)
			if !slices.Contains(p.lengths[letters[0]], len(letters)) {
				p.lengths[letters[0]] = append(p.lengths[letters[0]], len(letters))
			}
		}
		for above, depth := unit, 0; above != nil && depth < 20; above, depth = p.units[above.ParentID], depth+1 {
			p.below[id] = append(p.below[id], above.ID)
			p.own[id] = append(p.own[id], namesOf(above)...)
		}
		slices.SortStableFunc(p.own[id], func(a, b string) int { return len(b) - len(a) })
	}
	for first := range p.lengths {
		slices.SortFunc(p.lengths[first], func(a, b int) int { return b - a })
	}
	return p
}

// namesOf are a unit's name and aliases, with and without what its organisations add.
func namesOf(unit *model.Unit) (names []string) {
	for _, name := range append([]string{unit.Name}, unit.Aliases...) {
		name = norm.NFKC.String(strings.TrimSpace(name))
		for _, one := range append([]string{name}, stems(name)...) {
			if len([]rune(one)) >= shortest && !slices.Contains(names, one) {
				names = append(names, one)
			}
		}
	}
	return names
}

// stems are a name without endings: 张庄村 and 张庄 of 张庄村委会 are the same place; what has lost its kind of place altogether is no name.
func stems(name string) (all []string) {
	for _, ending := range endings {
		stem, cut := strings.CutSuffix(name, ending)
		if !cut || stem == "" {
			continue
		}
		if strings.HasPrefix(ending, "村") && !strings.HasSuffix(stem, "村") {
			stem += "村"
		}
		if strings.HasPrefix(ending, "居") || ending == "社区居委会" {
			if !strings.HasSuffix(stem, "社区") {
				stem += "社区"
			}
		}
		all = append(all, stem)
	}
	return all
}

// OwnNames are what a unit and those above it are called, the longest first.
func (p *Places) OwnNames(unitID string) []string { return p.own[unitID] }

// Name is what a unit is called; empty: it is unknown.
func (p *Places) Name(unitID string) string {
	if unit := p.units[unitID]; unit != nil {
		return unit.Name
	}
	return ""
}

// Within reports whether a unit is another or lies below it.
func (p *Places) Within(unitID, above string) bool { return slices.Contains(p.below[unitID], above) }

// Named is a unit that a text names.
type Named struct {
	Name string
	At   int // rune of the text
	ids  []string
}

// named lists the units that a text names, the longest name at each place.
func (p *Places) named(letters []rune) (found []Named) {
	for i := 0; i < len(letters); {
		length := 0
		for _, candidate := range p.lengths[letters[i]] {
			if i+candidate > len(letters) {
				continue
			}
			name := string(letters[i : i+candidate])
			if ids := p.names[name]; len(ids) > 0 {
				found, length = append(found, Named{name, i, ids}), candidate
				break
			}
		}
		i += max(length, 1)
	}
	return found
}

// self is what a unit calls itself.
var self = []string{"我村", "本村", "我社区", "本社区", "我镇", "本镇", "我街道", "本街道", "我乡", "我局", "本局", "我委", "我单位", "本单位", "我支部", "本支部", "我办"}

// passing are words beside which another unit is only mentioned.
var (
	passingBefore = []string{"到", "赴", "前往", "参观", "学习", "考察", "与", "和", "同", "跟", "向", "联合", "邻近", "邻村", "帮扶", "结对", "来自", "原", "至", "借鉴", "、", "及", "距", "接"}
	passingAfter  = []string{"参观", "学习", "考察", "交流", "观摩", "联合", "经验", "等", "、", "结对", "方向", "来我", "来村"}
	otherSuffix   = "大小东西南北前后上下新老"
)

// OtherPlace is a unit of the same rank as the record's that a text speaks of, where nothing within the unit's own subtree is named nor the unit speaks of itself;
// empty: nothing of the kind. Of a department only the title and the signature count: texts name others all the time.
func (p *Places) OtherPlace(unitID, title, text string) string {
	unit := p.units[unitID]
	if unit == nil {
		return ""
	}
	group := groupOf(unit.Tier)
	if group == "" {
		return ""
	}
	text = norm.NFKC.String(title) + "\n" + norm.NFKC.String(text)
	if group == "organs" {
		text = titleAndSignature(text)
	}
	for _, word := range self {
		if strings.Contains(text, word) {
			return ""
		}
	}
	letters := []rune(text)
	other := ""
	for _, named := range p.named(letters) {
		if slices.ContainsFunc(named.ids, func(id string) bool { return p.Within(id, unitID) }) {
			return ""
		}
		above := slices.ContainsFunc(named.ids, func(id string) bool { return p.Within(unitID, id) })
		rank := slices.ContainsFunc(named.ids, func(id string) bool { return groupOf(p.units[id].Tier) == group })
		if above || !rank || other != "" || inPassing(letters, named) {
			continue
		}
		other = named.Name
	}
	return other
}

func groupOf(tier string) string {
	switch tier {
	case "village", "community":
		return "villages"
	case "town", "subdistrict":
		return "towns"
	case "organ":
		return "organs"
	}
	return ""
}

func inPassing(letters []rune, named Named) bool {
	end := named.At + len([]rune(named.Name))
	before, after := string(letters[max(0, named.At-2):named.At]), string(letters[end:min(len(letters), end+2)])
	if named.At > 0 && strings.ContainsRune(otherSuffix, letters[named.At-1]) {
		return true // 大张庄村 is not 张庄村
	}
	for _, word := range passingBefore {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	for _, word := range passingAfter {
		if strings.HasPrefix(after, word) {
			return true
		}
	}
	return false
}

// titleAndSignature are the first line and the last ones.
func titleAndSignature(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	kept := lines[:min(1, len(lines))]
	for i := max(1, len(lines)-3); i < len(lines); i++ {
		if line := strings.TrimFunc(lines[i], unicode.IsSpace); len([]rune(line)) <= 30 {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// Count is how many units there are.
func (p *Places) Count() int { return len(p.units) }

// Names reports whether a text of a unit, in which its own names are clear of others, names a unit: by a name that does not mean the other as well.
func (p *Places) Names(ofUnit, unitID, text string) bool {
	for _, named := range p.named([]rune(norm.NFKC.String(text))) {
		if slices.Contains(named.ids, unitID) && (ofUnit == unitID || !slices.Contains(named.ids, ofUnit)) {
			return true
		}
	}
	return false
}
