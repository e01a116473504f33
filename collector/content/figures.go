package content

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/unicode/norm"
)

// Compared is what a text is held against others by.
type Compared struct {
	Skeleton string   // without the unit's names, periods, figures, white space and marks: what forms have in common
	Figures  []Figure // that it states, in order
}

// Figure is a number or a day that a text states, with the words around it.
type Figure struct {
	Text string // as a reader finds it: 实到38人, 6月12日
	Key  uint64 // the same where another text states the same in the same place
	Day  bool
	Bits int // how unlikely it is that two texts state the same by chance, as a power of two
}

var (
	dayForm = regexp.MustCompile(`(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]|(\d{4})[./-](\d{1,2})[./-](\d{1,2})`)
	// periodForm is what names a period, or a year alone: alike in no two periods, and the same for everybody in one.
	periodForm = regexp.MustCompile(`(?:(?:19|20)\d\d\s*年?度?\s*)?(?:第?\s*[1-4一二三四]\s*季度?|[上下]半年|(?:` + monthForm + `\s*月?份?\s*[-—–~至到]\s*)?` + monthForm + `\s*月份?)|(?:19|20)\d\d\s*(?:年度?|[HhQq][1-4])`)
	// noFigure are numbers that say nothing of the unit's own: clauses, numbers of documents, telephones, laws' shares.
	noFigure   = regexp.MustCompile(`第\s*[\d〇零一二三四五六七八九十百]+\s*[条款项章节号届次批期]|[〔\[(（【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*\d*\s*号?|\d{3,4}-\d{7,8}|\b1\d{10}\b|\b(?:12345|12388|12371|12389|12315|12333|12316|110|119|120)\b|https?://\S+|[\w.+-]+@[\w.-]+|\d+\s*号?(?:楼|室|院|路|街|单元)|\d{1,2}\s*[:：]\s*\d{2}`)
	figureForm = regexp.MustCompile(`\d[\d,，]*(?:\.\d+)?`)
	// spelled is a day in Chinese numerals.
	spelled = regexp.MustCompile(`[二一][〇○零九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日`)
	heading = regexp.MustCompile(`(?m)^\s*(?:\d{1,2}[、.．](\D|$)|[(（]\d{1,2}[)）])`)
)

var (
	zeros         = strings.NewReplacer("〇", "0", "○", "0")
	withoutCommas = strings.NewReplacer(",", "", "，", "")
	ones          = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

// Compare makes of a text what it is held against others by; names are what its unit and those above it are called.
func Compare(text string, names []string) Compared {
	text = norm.NFKC.String(text)
	text = spelled.ReplaceAllStringFunc(text, inDigits)
	text = zeros.Replace(text)
	text = noFigure.ReplaceAllString(text, " ")
	text = heading.ReplaceAllString(text, " $1")
	for _, name := range names {
		text = strings.ReplaceAll(text, name, " ")
	}
	var of Compared
	text = dayForm.ReplaceAllStringFunc(text, func(day string) string {
		parts := dayForm.FindStringSubmatch(day)
		month, of2 := parts[2]+parts[5], parts[3]+parts[6]
		written := strings.TrimLeft(month, "0") + "月" + strings.TrimLeft(of2, "0") + "日"
		of.Figures = append(of.Figures, Figure{Text: written, Key: xxhash.Sum64String("day " + written), Day: true, Bits: 5})
		return " "
	})
	text = withoutPeriods(text)
	for _, at := range figureForm.FindAllStringIndex(text, -1) {
		number := withoutCommas.Replace(text[at[0]:at[1]])
		number = strings.TrimLeft(number, "0")
		if strings.Contains(number, ".") {
			number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
		}
		if number == "" || number == "." {
			continue // nothing, none: everybody has it
		}
		before, after := lettersBefore(text[:at[0]], 3), lettersAfter(text[at[1]:], 1)
		of.Figures = append(of.Figures, Figure{
			Text: before + number + after, Key: xxhash.Sum64String("figure " + before + "\x00" + number + "\x00" + after), Bits: bitsOf(number),
		})
	}
	of.Skeleton = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	return of
}

// withoutPeriods is a text without what names a period.
func withoutPeriods(text string) string {
	var without strings.Builder
	for clause, dated := range clauses(text, "年季月HhQq") {
		if dated {
			clause = periodForm.ReplaceAllString(clause, " ")
		}
		without.WriteString(clause)
	}
	return without.String()
}

// bitsOf is how much a number says: few of those that people count by are larger than ten.
func bitsOf(number string) int {
	digits := strings.TrimRight(strings.ReplaceAll(number, ".", ""), "0")
	return min(24, 1+3*len(digits)-len(digits)/3)
}

// lettersBefore are the last letters of a text, over white space and marks.
func lettersBefore(text string, most int) string {
	runes := []rune(text[max(0, len(text)-40):])
	var letters []rune
	for i := len(runes) - 1; i >= 0 && len(letters) < most; i-- {
		if unicode.IsLetter(runes[i]) {
			letters = append([]rune{runes[i]}, letters...)
		} else if unicode.IsDigit(runes[i]) {
			break
		}
	}
	return string(letters)
}

func lettersAfter(text string, most int) string {
	var letters []rune
	for _, r := range text {
		if len(letters) == most || !unicode.IsLetter(r) {
			break
		}
		letters = append(letters, r)
	}
	return string(letters)
}

// inDigits writes a day in Chinese numerals in digits.
func inDigits(day string) string {
	year, rest, _ := strings.Cut(day, "年")
	month, rest, _ := strings.Cut(rest, "月")
	number := func(text string) string {
		switch before, after, tens := strings.Cut(text, "十"); {
		case !tens:
			return ones.Replace(text)
		case before == "" && after == "":
			return "10"
		case before == "":
			return "1" + ones.Replace(after)
		case after == "":
			return ones.Replace(before) + "0"
		default:
			return ones.Replace(before) + ones.Replace(after)
		}
	}
	return ones.Replace(year) + "年" + number(month) + "月" + number(strings.TrimSuffix(rest, "日")) + "日"
}

// Runs counts the runs of four characters of a skeleton.
type Runs map[[4]rune]int

// RunsOf are those of a skeleton.
func RunsOf(skeleton string) Runs {
	runs, last := Runs{}, [4]rune{}
	for _, r := range skeleton {
		last = [4]rune{last[1], last[2], last[3], r}
		if last[0] != 0 {
			runs[last]++
		}
	}
	return runs
}

// Alike is how much of two skeletons is the same, 0 to 1: shared runs among all.
func Alike(a, b Runs) float64 {
	shared, all := 0, 0
	for run, count := range a {
		shared += min(count, b[run])
		all += count
	}
	for _, count := range b {
		all += count
	}
	if all == 0 {
		return 0
	}
	return float64(shared) / float64(all-shared)
}
