package page

// Ticks are a row of small marks below a cell's text, a state each: what became of a unit from month to month.
type Ticks struct {
	Label string // all that they say, for whoever does not see them and on pointing at them
	Marks []Cell // with State, Mark and Age; without a state nothing was owed
}

// write says no more than it must: a ranking has thousands of marks. Searching a table leaves them out.
func (t *Ticks) write(m *markup) {
	m.begin("span", "class", "ticks", "role", "img", "title", t.Label)
	for _, mark := range t.Marks {
		state, age := mark.State, ""
		if state == "" {
			state = "blank"
		}
		if mark.Age != "" {
			age = " " + mark.Age
		}
		m.element("i", mark.Mark, "class", state+age)
	}
	m.end("span")
}
