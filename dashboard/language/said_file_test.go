package language_test

import "testing"

// Mistakes of registry files are said with their place, a line each; what nobody knows stays as it is.
func TestSaidOfFile(t *testing.T) {
	bundle := load(t)
	text := "units.csv:2: members: \"many\" is not a whole number from 0 to 9\nunits.csv:3: unit_id: \"T1\" is there twice, first at units.csv:2\nunits.csv:4: something else"
	want := "units.csv:2: members“many”：不是 0 至 9 的整数\nunits.csv:3: 单位编号“T1”：重复，首见 units.csv:2\nunits.csv:4: something else"
	if got := bundle.Printer("zh").SaidOfFile(text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := bundle.Printer("en").SaidOfFile(text); got != text {
		t.Errorf("English became\n%s", got)
	}
}
