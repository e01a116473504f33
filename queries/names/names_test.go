package names

import (
	"slices"
	"strings"
	"testing"
)

func TestShort(t *testing.T) {
	for name, want := range map[string]string{
		"小徐村":       "小徐村",
		"小徐村委会":     "小徐村",
		"小徐村村委会":    "小徐村",
		" 小徐村民委员会":  "小徐村",
		"小徐村民委":     "小徐村",
		"老街居民委员会":   "老街居",
		"老街居委会":     "老街居",
		"滨河社区居委会":   "滨河社区",
		"滨河社区居民委员会": "滨河社区",
		"滨河社区":      "滨河社区",
		"龙塔街道办事处":   "龙塔街道",
		"龙塔街道办":     "龙塔街道",
		"龙塔办事处":     "龙塔",
		"区委办公室":     "区委办公室",
		"Ｖ１２":       "v12",
		"村委会":       "村",
	} {
		if got := Short(name); got != want {
			t.Errorf("Short(%q) = %q, want %q", name, got, want)
		}
	}
}

// Whatever ending is written, what is sought is a part of every way to write the name.
func TestWordsAreContained(t *testing.T) {
	for _, stem := range []struct{ stem, endings string }{
		{"小徐村", " 委会 村委会 民委员会"}, {"老街居", "委会 民委员会"}, {"滨河社区", " 居委会 居民委员会"}, {"龙塔街道", " 办事处 办"},
	} {
		for _, sought := range strings.Split(stem.endings, " ") {
			for _, written := range strings.Split(stem.endings, " ") {
				for _, word := range Words(stem.stem + sought) {
					if !strings.Contains(Folded(stem.stem+written), word) {
						t.Errorf("%s%s: %s is no part of %s%s", stem.stem, sought, word, stem.stem, written)
					}
				}
			}
		}
	}
}

func TestInitials(t *testing.T) {
	for name, wants := range map[string][]string{
		"小徐村":     {"xxcwh"},
		"小徐村民委员会": {"xxcwh", "xxcmwyh"},
		"重庆社区":    {"zqsqjwh", "cqsqjwh"},
		"龙塔街道":    {"ltjdbsc"},
		"第3中学":    {"d3zx"},
		"هيئة":    nil,
		"":        nil,
	} {
		got := Initials(name)
		for _, want := range wants {
			if !slices.Contains(got, want) {
				t.Errorf("Initials(%q) = %q, without %q", name, got, want)
			}
		}
		if wants == nil && got != nil || len(got) > mostReadings {
			t.Errorf("Initials(%q) = %q", name, got)
		}
	}
}

func FuzzInitials(f *testing.F) {
	f.Add("重庆村")
	f.Fuzz(func(t *testing.T, name string) {
		for _, initials := range Initials(name) {
			if strings.ContainsAny(initials, " \n") {
				t.Errorf("%q has the initials %q", name, initials)
			}
		}
	})
}
