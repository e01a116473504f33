// Package names says how names of units and items are sought: in any writing that the registry takes for the same name (SPEC §3), whatever of a
// committee's ending is written, and by the initials of their pinyin.
package names

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Folded is a name as names are compared: NFKC, lower case, without white space and invisible characters.
func Folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
}

// ending is how the name of a village, a community or a subdistrict goes on to that of its committee or office, also half typed.
var ending = regexp.MustCompile(`(?:(村|社区|居)(?:村|居)?(?:民?委?|民?委员|民?委员?会)|(街道)办(?:事处?)?)$`)

// office is how that of a subdistrict's office ends where 街道 is left out.
var office = regexp.MustCompile(`(\p{Han}{2})办事处$`)

// Short is a folded name without the ending of a committee or office: every way to write that ending begins with it.
func Short(name string) string {
	return office.ReplaceAllString(ending.ReplaceAllString(Folded(name), "$1$2"), "$1")
}

// Words are the words of a text that is sought, each in the form that every writing of the name contains.
func Words(text string) []string {
	var words []string
	for _, word := range strings.Fields(norm.NFKC.String(text)) {
		if short := Short(word); short != "" {
			words = append(words, short)
		}
	}
	return words
}

// several are the characters of which names of places and bodies use more than one reading; other readings that dictionaries have would only find
// what nobody seeks.
const several = "长重行乐单曾解会车朝调传弹还沈省厦校降藏种翟柏尉盖查区仇圩埔堡贾谷系中参率"

// mostReadings bounds the initials of a name with characters of several readings.
const mostReadings = 12

// longEndings are the endings of committees and offices in initials, by what stands before them.
var longEndings = map[string]string{"村": "wh", "社区": "jwh", "街道": "bsc"}

// Initials are the first letters of a name's pinyin: as it is written, and as its committee or office is called; with other readings of single
// characters after the usual ones. Letters and digits stand for themselves.
func Initials(name string) []string {
	var all []string
	add := func(initials string) {
		if initials == "" || len(all) >= mostReadings {
			return
		}
		for _, known := range all {
			if strings.HasPrefix(known, initials) {
				return
			}
		}
		all = append(all, initials)
	}
	short, tail := Short(name), ""
	for stem, letters := range longEndings {
		if strings.HasSuffix(short, stem) {
			tail = letters
		}
	}
	readings := readingsOf(short)
	add(usual(readings) + tail)
	add(usual(readingsOf(Folded(name))))
	for i := range readings {
		usually := readings[i]
		for at := 1; at < len(usually); at++ {
			readings[i] = usually[at : at+1]
			add(usual(readings) + tail)
		}
		readings[i] = usually
	}
	return all
}

// usual is the first of each character's letters.
func usual(readings []string) string {
	var b strings.Builder
	for _, letters := range readings {
		b.WriteByte(letters[0])
	}
	return b.String()
}

// readingsOf are the first letters of each character's readings, the usual one first.
func readingsOf(folded string) []string {
	arguments := pinyin.NewArgs()
	arguments.Style, arguments.Heteronym = pinyin.FirstLetter, true
	var all []string
	for _, r := range folded {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			all = append(all, string(r))
		default:
			letters := ""
			for n, letter := range pinyin.SinglePinyin(r, arguments) {
				if n > 0 && !strings.ContainsRune(several, r) {
					break
				}
				if letter != "" && letter[0] < unicode.MaxASCII && !strings.Contains(letters, letter) {
					letters += letter
				}
			}
			if letters != "" {
				all = append(all, letters)
			}
		}
	}
	return all
}
