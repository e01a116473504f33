// Package content checks what published texts say: private data in the open, texts that say nothing, that speak of another period or place, and what is held
// against other texts: their figures, days and what forms have in common. It needs no database and accuses nobody: it says what people should look at.
package content

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"yangguang/queries/patrol"
)

// Private is a piece of private data that stands in the open.
type Private struct {
	Kind     string // patrol.IDNumber, Mobile, BankCard
	Masked   string
	From, To int // runes of the text
}

// group is a run of digits of a text, by runes; an id's last character may be X.
type group struct {
	from, to int
	digits   string
}

// mostGap is how many characters may stand between the groups of one number.
const mostGap = 2

// PrivateData finds resident id numbers (GB 11643: region, day of birth, check digit), mobile numbers and bank cards (issuer, Luhn) that are not disguised, as of
// a day. What an office gives as its own contact or account is not private, nor are other numbers that are as long.
func PrivateData(text string, today time.Time) (found []Private) {
	runes := []rune(text)
	plain := make([]rune, len(runes))
	for i, r := range runes {
		plain[i] = narrow(r)
	}
	groups := groupsOf(plain)
	var mobiles []Private
	for i := 0; i < len(groups); {
		private, used := privateAt(plain, groups, i, today)
		switch {
		case used == 0:
			i++
			continue
		case private.Kind == patrol.Mobile:
			mobiles = append(mobiles, private)
		case private.Kind != "":
			found = append(found, private)
		}
		i += used
	}
	found = append(found, withoutOffices(plain, mobiles)...)
	slices.SortFunc(found, func(a, b Private) int { return a.From - b.From })
	return found
}

// narrow is a character in its usual width.
func narrow(r rune) rune {
	if narrowed := width.LookupRune(r).Narrow(); narrowed != 0 && narrowed < unicode.MaxASCII {
		return narrowed
	}
	return r
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// groupsOf are the runs of digits, with X behind seventeen of one number.
func groupsOf(plain []rune) (groups []group) {
	for i := 0; i < len(plain); {
		if !digit(plain[i]) {
			i++
			continue
		}
		from := i
		for i < len(plain) && digit(plain[i]) {
			i++
		}
		one := group{from, i, string(plain[from:i])}
		if i < len(plain) && (plain[i] == 'X' || plain[i] == 'x') && (i+1 == len(plain) || !alphanumeric(plain[i+1])) {
			one.digits += "X"
			one.to, i = i+1, i+1
		}
		groups = append(groups, one)
	}
	return groups
}

func alphanumeric(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// privateAt looks for a number that begins with a group; used is how many groups it takes, 0: none begins here.
func privateAt(plain []rune, groups []group, at int, today time.Time) (private Private, used int) {
	if !standsAlone(plain, groups[at].from-1) {
		return private, 0
	}
	digits := ""
	for count := 1; at+count <= len(groups) && count <= 6; count++ {
		last := groups[at+count-1]
		if count > 1 && !joined(plain, groups[at+count-2].to, last.from) {
			break
		}
		digits += last.digits
		if len(digits) > 19 {
			break
		}
		if !standsAlone(plain, last.to) || strings.Contains(digits[:len(digits)-1], "X") {
			continue
		}
		if at+count < len(groups) && joined(plain, last.to, groups[at+count].from) && count > 1 && len(digits) != 18 {
			continue // more of it follows
		}
		from, to := groups[at].from, last.to
		before, after := around(plain, from, to)
		kind := ""
		switch {
		case len(digits) == 18 && isIDNumber(digits, today), len(digits) == 15 && count == 1 && isOldIDNumber(digits, before):
			if !codeLabel.MatchString(before) {
				kind = patrol.IDNumber
			}
		case strings.HasSuffix(digits, "X"):
			continue
		case len(digits) >= 16 && isBankCard(digits, before, today):
			kind = patrol.BankCard
		case (len(digits) == 11 || len(digits) == 13 && strings.HasPrefix(digits, "86")) && isMobile(digits, count, plain, from, to, before, after):
			kind = patrol.Mobile
		default:
			continue
		}
		return Private{kind, masked(digits), from, to}, count
	}
	return private, 0
}

// standsAlone reports whether a number may end at a character: it is no part of a longer word, address or amount.
func standsAlone(plain []rune, at int) bool {
	if at < 0 || at >= len(plain) {
		return true
	}
	r := plain[at]
	return !alphanumeric(r) && !strings.ContainsRune("*_/=&%#@", r) && (r != '.' || at+1 >= len(plain) || !digit(plain[at+1])) && (r != '.' || at == 0 || !digit(plain[at-1]) || at+1 >= len(plain) || !digit(plain[at+1]))
}

// joined reports whether what stands between two groups may be within one number.
func joined(plain []rune, from, to int) bool {
	if to-from > mostGap || to <= from {
		return false
	}
	for _, r := range plain[from:to] {
		if r != ' ' && r != '\u00a0' && r != '\u3000' && !strings.ContainsRune("-—–－‐‑_·", r) {
			return false
		}
	}
	return true
}

// around is what stands before and after a number, in its line.
func around(plain []rune, from, to int) (before, after string) {
	before, after = string(plain[max(0, from-40):from]), string(plain[to:min(len(plain), to+8)])
	if at := strings.LastIndexByte(before, '\n'); at >= 0 {
		before = before[at+1:]
	}
	after, _, _ = strings.Cut(after, "\n")
	return before, after
}

// codeLabel says that a number is one of something else than a person.
var codeLabel = regexp.MustCompile(`(?i)(?:信用代码|机构代码|纳税人识别号|税号|发票|订单|流水|凭证|合同|文号|单号|编号|编码|条码|条形码|项目代码|许可证|备案号|序列号|批号|ISBN|ISSN|案号|地块|宗地|不动产)[^，。；\n\d]{0,8}$`)

// regions are the first two digits of the codes of administrative divisions (GB/T 2260) and of residents of Hong Kong, Macao and Taiwan.
const regions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// bornWithin reports whether digits, YYYYMMDD, are a day on which somebody who is not older than 120 can have been born.
func bornWithin(digits string, today time.Time) bool {
	born, err := time.Parse("20060102", digits)
	return err == nil && !born.After(today) && born.After(today.AddDate(-120, 0, 0))
}

// isIDNumber checks region, day of birth and check digit (GB 11643-1999; ISO 7064 MOD 11-2).
func isIDNumber(digits string, today time.Time) bool {
	if !strings.Contains(regions, " "+digits[:2]+" ") || !bornWithin(digits[6:14], today) {
		return false
	}
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[i]-'0')
	}
	return "10X98765432"[sum%11] == digits[17]
}

// isOldIDNumber takes one of fifteen digits, which has no check digit, only where it is called one.
func isOldIDNumber(digits, before string) bool {
	born, err := time.Parse("20060102", "19"+digits[6:12])
	return err == nil && !born.IsZero() && strings.Contains(regions, " "+digits[:2]+" ") && idLabel.MatchString(before)
}

var idLabel = regexp.MustCompile(`身份证[^，。；\n\d]{0,8}$`)

// issuers are how numbers of bank cards begin that are issued here; those of other issuers only where they are called cards.
var (
	issuers      = regexp.MustCompile(`^(?:62|9558|9559|6013|6014|6033|6035|6036|6037|621)`)
	otherIssuers = regexp.MustCompile(`^(?:4\d{15}|5[1-5]\d{14})$`)
	cardLabel    = regexp.MustCompile(`(?:卡号|账号|帐号|账户|帐户|银行|卡)[^，。；\n\d]{0,12}$`)
	// ofAnOffice names the holder of an account as an organisation.
	ofAnOffice = regexp.MustCompile(`(?:户名|账户名称|帐户名称|名称|单位|收款人)[^，。；\n\d]{0,20}(?:委员会|局|办公室|镇|街道|公司|银行|中心|政府|支部|党委|学校|协会|基金会|慈善会|财政所|专户|村委会|居委会|合作社)`)
)

func isBankCard(digits, before string, today time.Time) bool {
	switch {
	case !issuers.MatchString(digits) && !(otherIssuers.MatchString(digits) && cardLabel.MatchString(before)):
		return false
	case codeLabel.MatchString(before), ofAnOffice.MatchString(before):
		return false
	case len(digits) == 18 && bornWithin(digits[6:14], today): // an id number with a slip
		return false
	case strings.HasSuffix(digits, "000000"): // an amount
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

var (
	mobileForm = regexp.MustCompile(`^1(?:3\d|4[01456789]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}$`)
	// amounts follow or precede figures that are no numbers of telephones.
	amount      = regexp.MustCompile(`^\s*(?:元|万|亿|人|户|亩|吨|千|公|平|斤|个|次|%|％|号楼|只|头|株)`)
	beforeSum   = regexp.MustCompile(`(?:金额|合计|共计|总计|￥|¥|\$|资产|余额|收入|支出)[^，。；\n\d]{0,6}$`)
	mobileLabel = regexp.MustCompile(`(?:电话|手机|联系方式|热线|号码|tel|Tel|TEL|mobile|phone)[^，。；\n\d]{0,10}$`)
)

func isMobile(digits string, groups int, plain []rune, from, to int, before, after string) bool {
	if len(digits) == 13 {
		digits = digits[2:]
	}
	switch {
	case !mobileForm.MatchString(digits), codeLabel.MatchString(before), beforeSum.MatchString(before), amount.MatchString(after):
		return false
	case strings.HasSuffix(digits, "000000"):
		return false
	case groups > 3 && !mobileLabel.MatchString(before): // figures of a table
		return false
	case from > 0 && plain[from-1] == ',' && from > 1 && digit(plain[from-2]): // 1,234
		return mobileLabel.MatchString(before)
	}
	return to-from <= 13+2*mostGap
}

var (
	officeLabel = regexp.MustCompile(`(?:(?:咨询|监督|举报|投诉|服务|值班|报名|办公|办公室|联系|受理|反映|公开|业务|维修|抢修|便民|预约|报修|求助|应急)(?:电话|方式|热线|号码)|热线|联系人|公章|办公室|网格员|河长|路长|林长|负责人|值班|书记|主任)[^，。；\n\d]{0,16}$`)
	personLabel = regexp.MustCompile(`(?:申请人|户主|当事人|村民|居民|贫困|困难|低保|五保|残疾|患者|学生|家长|考生|业主|住户|租户|借款人|被执行人|受助|救助对象|发展对象|入党|预备党员|身份证)`)
)

// mostOffices is how many numbers one text gives as contacts of offices: more are a list of people.
const mostOffices = 3

// withoutOffices leaves out the numbers that an office gives as its own contact.
func withoutOffices(plain []rune, mobiles []Private) (found []Private) {
	var offices []Private
	numbers := map[string]bool{}
	for _, one := range mobiles {
		before, _ := around(plain, one.From, one.To)
		if officeLabel.MatchString(before) && !personLabel.MatchString(before) {
			offices = append(offices, one)
			numbers[string(plain[one.From:one.To])] = true
			continue
		}
		found = append(found, one)
	}
	if len(numbers) > mostOffices {
		found = append(found, offices...)
	}
	return found
}

// masked shows how a number begins and ends.
func masked(digits string) string {
	back := shownAtEnd(len(digits))
	return digits[:shownAtBeginning] + strings.Repeat("*", len(digits)-shownAtBeginning-back) + digits[len(digits)-back:]
}

const shownAtBeginning = 3

// shownAtEnd is how many of so many digits are shown at the end: of eleven four, as telephones' are disguised everywhere.
func shownAtEnd(digits int) int {
	if digits == 11 {
		return 4
	}
	return 2
}

// longDigits are eleven digits and more, in groups or not, of any width.
var longDigits = regexp.MustCompile(`[0-9０-９](?:[ \x{00a0}\x{3000}—–－‐‑_·-]{0,2}[0-9０-９]){10,}[XxＸｘ]?`)

// Mask is a text in which no number of eleven digits and more can be read, whatever it is: what is shown or stored beside a finding.
func Mask(text string) string {
	return longDigits.ReplaceAllStringFunc(text, func(number string) string {
		runes := []rune(number)
		digits := 0
		for _, r := range runes {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		for i := shownAtBeginning; i < len(runes)-shownAtEnd(digits); i++ {
			runes[i] = '*'
		}
		return string(runes)
	})
}
