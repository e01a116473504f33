package page

import "strings"

// Ticks are a row of small marks below a cell's text, a state each: what became of a unit from month to month.
type Ticks struct {
	Label string // all that they say, for whoever does not see them and on pointing at them
	Marks []Cell // with State, Mark and Age; without a state nothing was owed
}

// write says no more than it must: a ranking has thousands of marks, and most months are on time, whose mark comes from the style sheet. Searching a
// table leaves them out.
func (t *Ticks) write(m *markup) {
	m.begin("div", "class", "ticks", "role", "img", "title", t.Label)
	for _, mark := range t.Marks {
		switch mark.State {
		case "on_time":
			m.begin("p")
		case "":
			m.begin("p", "class", "blank")
		default:
			m.begin("p", "class", strings.TrimSpace(mark.State+" "+mark.Age))
			m.write(mark.Mark)
		}
	}
	m.end("div") // which ends the last mark as well, as each ends the one before
}
