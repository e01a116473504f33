package page

// Ticks are a row of small marks below a cell's text, a state each: what became of a unit from month to month.
type Ticks struct {
	Label string // all that they say, for whoever does not see them and on pointing at them
	Marks []Cell // with State, Mark and Age; without a state nothing was owed
}

// write leaves the letters to the style sheet: searching a table is for what stands in it in words.
func (t *Ticks) write(m *markup) {
	m.begin("span", "class", "ticks", "role", "img", "aria-label", t.Label, "title", t.Label)
	for _, mark := range t.Marks {
		state, age := mark.State, ""
		if state == "" {
			state = "blank"
		}
		if mark.Age != "" {
			age = " " + mark.Age
		}
		m.begin("i", "class", "mark "+state+age, "data-mark", mark.Mark)
		m.end("i")
	}
	m.end("span")
}
