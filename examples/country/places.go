package country

// tier is a unit's tier (SPEC §1).
type tier uint8

const (
	committee tier = iota
	discipline
	organ
	town
	subdistrict
	village
	community
	tiers
)

// String is the code of SPEC §2.
func (t tier) String() string {
	return [tiers]string{"committee", "discipline", "organ", "town", "subdistrict", "village", "community"}[t]
}

// unit is one organisation; a country has up to millions, so it holds no more than what cannot be computed from it.
type unit struct {
	id, name string
	parent   int32 // position; -1: none
	tier     tier
}

// file is one ledger: the units from first up to end.
type file struct {
	path       string // below the directory, with slashes
	first, end int
}

// province is what one source reports: a province with all below it, one file a city.
type province struct {
	unit  int // position
	files []file
}

// tree is the units of a country, each before those below it, and which ledger each writes in.
type tree struct {
	units     []unit
	provinces []province
	limit     int // of units
	names     arena
}

// full says that there are as many units as wanted.
func (t *tree) full() bool { return len(t.units) >= t.limit }

// add appends a unit unless the tree is full, and returns its position.
func (t *tree) add(id, name string, tier tier, parent int) int {
	if t.full() {
		return -1
	}
	t.units = append(t.units, unit{t.names.keep(id), t.names.keep(name), int32(parent), tier})
	if last := len(t.provinces) - 1; parent >= 0 && last >= 0 {
		files := t.provinces[last].files
		files[len(files)-1].end = len(t.units)
	}
	return len(t.units) - 1
}

// addProvince begins a province; its committee writes in the ledger of its first city.
func (t *tree) addProvince(id, name string) int {
	at := t.add(id, "中共"+name+"委员会", committee, -1)
	if at >= 0 {
		t.provinces = append(t.provinces, province{unit: at})
	}
	return at
}

// beginFile begins the ledger of a city.
func (t *tree) beginFile(province, city string) {
	last := &t.provinces[len(t.provinces)-1]
	first := len(t.units)
	if len(last.files) == 0 {
		first = last.unit
	}
	last.files = append(last.files, file{"ledgers/" + province + "/" + city + ".csv", first, len(t.units)})
}

// addDistrict appends a district's committee, its discipline unit and its organs.
func (t *tree) addDistrict(id, place, name string, organs, parent int) int {
	at := t.add(id, "中共"+place+name+"委员会", committee, parent)
	if at < 0 {
		return at
	}
	t.add(id+"-JW", name+"纪委监委", discipline, at)
	for n := range organs {
		t.add(id+"-"+twoDigits(n+1), name+organName(n), organ, at)
	}
	return at
}

// complete gives a province that ends with its committee a ledger.
func (t *tree) complete() {
	for n, p := range t.provinces {
		if len(p.files) == 0 {
			id := t.units[p.unit].id
			t.provinces[n].files = []file{{"ledgers/" + id + "/" + id + ".csv", p.unit, p.unit + 1}}
		}
	}
}

// keepFirst drops all units but the first so many.
func (t *tree) keepFirst(units int) {
	if len(t.units) <= units {
		return
	}
	t.units = t.units[:units]
	var kept []province
	for _, p := range t.provinces {
		var files []file
		for _, f := range p.files {
			if f.end = min(f.end, units); f.first < f.end {
				files = append(files, f)
			}
		}
		if p.unit < units {
			kept = append(kept, province{p.unit, files})
		}
	}
	t.provinces = kept
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }

func threeDigits(n int) string { return string([]byte{'0' + byte(n/100%10)}) + twoDigits(n) }
