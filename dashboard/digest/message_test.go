package digest

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yangguang/dashboard/digest/channel"
)

// Whatever the names, a message has 300 characters at most and stays within each channel's bytes; what says that figures are not known stays in it.
func TestLongestNames(t *testing.T) {
	bundle, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("𰻝龍", 300) // of four and three bytes
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	ones := []channel.Named{}
	for range mostNamed {
		ones = append(ones, channel.Named{Unit: long, Item: long, Period: "2026Q3"})
	}
	const much = 999_999_999 // more than any country has
	changes := channel.Changes{
		Before: channel.State{AsOf: day.AddDate(0, 0, -7), KnownAt: day.AddDate(0, 0, -7)}, Now: channel.State{AsOf: day, KnownAt: day}, Area: long, Lapsed: much, New: much, Mended: much, Otherwise: much, NewNamed: ones,
		MendedOnes: ones, Due: much, Own: &channel.Standing{Rank: much, Before: much + 1, Of: much + 2}, Up: much, Down: much, Open: much, Overdue: much, Unverified: much, Failing: []string{long, long},
	}
	for _, lang := range []string{"zh", "en"} {
		w := writer{printer: bundle.Printer(lang), base: "https://" + strings.Repeat("a", 190) + ".example"}
		for name, c := range map[string]channel.Changes{"changes": changes, "first": {First: true, Now: changes.Now, Area: long, Lapsed: much, Due: much, Unverified: much, Failing: []string{long}}} {
			m := w.write(c, long[:140], day.AddDate(0, 0, -7))
			text := strings.Join(append([]string{m.Subject}, m.Lines...), "\n")
			if characters := utf8.RuneCountInString(text); characters > MostCharacters || characters < 80 {
				t.Errorf("%s, %s: %d characters:\n%s", lang, name, characters, text)
			}
			for _, kept := range map[string][]string{"zh": {"项未能核实，不作逾期认定", "近两日未采集成功，数字可能不全"}, "en": {"unverified, not called lapsed: ", "figures may be incomplete"}}[lang] {
				if !strings.Contains(text, kept) {
					t.Errorf("%s, %s: %q is not said:\n%s", lang, name, kept, text)
				}
			}
			for most, channel := range map[int]channel.Channel{2048: channel.WeComRobot{}, 20000: channel.DingTalkRobot{}} {
				sent := channel.Preview(m)
				if len(sent) > most || !strings.HasPrefix(sent, text) || !utf8.ValidString(sent) {
					t.Errorf("%s, %s: %T takes %d bytes, this is %d:\n%s", lang, name, channel, most, len(sent), sent)
				}
			}
			if sent := (channel.WeComApplication{}).Preview(m); len(sent) > 2048 {
				t.Errorf("%s, %s: %d bytes", lang, name, len(sent))
			}
		}
	}
	// With names as they are the first link always fits.
	w := writer{printer: bundle.Printer("zh"), base: "https://yangguang.example"}
	if sent := (channel.WeComRobot{}).Preview(w.write(changes, "411103102", time.Time{})); !strings.Contains(sent, "https://yangguang.example/lapsed?within=411103102") {
		t.Errorf("no link in\n%s", sent)
	}
}
