package content_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/content"
)

var today = time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)

// idNumber is one that its check digit agrees with; nobody has it.
func idNumber(first17 string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(first17[i]-'0')
	}
	return first17 + "10X98765432"[sum%11:sum%11+1]
}

// card is a number that its last digit agrees with by Luhn.
func card(first string) string {
	for last := range 10 {
		digits, sum := fmt.Sprint(first, last), 0
		for i := range len(digits) {
			d := int(digits[len(digits)-1-i] - '0')
			if i%2 == 1 {
				d = d*2%10 + d*2/10
			}
			sum += d
		}
		if sum%10 == 0 {
			return digits
		}
	}
	return ""
}

func TestPrivateData(t *testing.T) {
	id, withX, cards := idNumber("41110319900307123"), "", card("622848001234567890")
	for serial := 100; !strings.HasSuffix(withX, "X"); serial++ {
		withX = idNumber(fmt.Sprintf("41112219751231%03d", serial))
	}
	wrong := id[:17] + string("0123456789"[(int(id[17])-'0'+1)%10])
	if id[17] == 'X' {
		wrong = id[:17] + "0"
	}
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"id":                             {"张三，身份证号" + id + "，低保", []string{"id_number"}},
		"id with X":                      {"李四 " + withX, []string{"id_number"}},
		"id with a small x":              {"李四 " + strings.ToLower(withX) + "。", []string{"id_number"}},
		"id in groups":                   {"证件：" + id[:6] + " " + id[6:14] + " " + id[14:], []string{"id_number"}},
		"id with dashes":                 {id[:6] + "-" + id[6:14] + "-" + id[14:], []string{"id_number"}},
		"id of wide digits":              {"身份证：" + wide.Replace(id), []string{"id_number"}},
		"id in a table":                  {"张三\t男\t" + id + "\t350\n李四\t女\t" + withX + "\t350", []string{"id_number", "id_number"}},
		"id of 15 digits":                {"身份证号：411103900307123", []string{"id_number"}},
		"15 digits of something else":    {"凭证 411103900307123", nil},
		"id with a wrong check digit":    {"身份证号" + wrong, nil},
		"id of a day that there is not":  {"41110319900231" + "1234", nil},
		"id of somebody not yet born":    {idNumber("41110320280101123"), nil},
		"id of no region":                {idNumber("99110319900307123"), nil},
		"disguised id":                   {id[:6] + "********" + id[14:], nil},
		"disguised in the middle":        {id[:10] + "****" + id[14:], nil},
		"id within a longer number":      {"9" + id + "7", nil},
		"a company's code":               {"统一社会信用代码：" + id, nil},
		"a file's name":                  {"t20260630_" + id + ".html", nil},
		"mobile":                         {"张三 13812345678", []string{"mobile"}},
		"mobile in groups":               {"户主李四，手机138 1234 5678", []string{"mobile"}},
		"mobile with dashes":             {"李四：138-1234-5678。", []string{"mobile"}},
		"mobile of wide digits":          {"李四１３８１２３４５６７８", []string{"mobile"}},
		"mobile with the country's code": {"李四 +8613812345678", []string{"mobile"}},
		"mobile and the code apart":      {"李四 +86 138 1234 5678", []string{"mobile"}},
		"mobile in brackets":             {"王五（13912345678）", []string{"mobile"}},
		"mobiles in a table":             {"姓名\t电话\n张三\t13812345678\n李四\t15912345678", []string{"mobile", "mobile"}},
		"mobile of the office":           {"咨询电话：13812345678", nil},
		"mobile of the office's contact": {"联系人：张主任 13812345678", nil},
		"of whom is helped":              {"救助对象张三，联系电话：13812345678", []string{"mobile"}},
		"a list with a label each":       {"张三 联系电话：13812345671\n李四 联系电话：13812345672\n王五 联系电话：13812345673\n赵六 联系电话：13812345674", []string{"mobile", "mobile", "mobile", "mobile"}},
		"landline":                       {"电话 0395-6161234，举报 12388、12345", nil},
		"hotline of ten digits":          {"服务热线 4008123456", nil},
		"amount":                         {"资产总额13812345678元", nil},
		"amount with decimals":           {"13812345678.50", nil},
		"amount in thousands":            {"合计 13,812,345,678", nil},
		"no such prefix":                 {"12012345678 15412345678", nil},
		"number of an invoice":           {"发票号码：13812345678", nil},
		"within a longer number":         {"913812345678 138123456789", nil},
		"disguised mobile":               {"张三 138****5678", nil},
		"address of a page":              {"http://a.cn/art/13812345678/1.html", nil},
		"bank card":                      {"张三 农行卡 " + cards, []string{"bank_card"}},
		"bank card in groups":            {"卡号 " + cards[:4] + " " + cards[4:8] + " " + cards[8:12] + " " + cards[12:16] + " " + cards[16:], []string{"bank_card"}},
		"bank card of 16 digits":         {"账号：" + card("622202123456789"), []string{"bank_card"}},
		"bank card that is wrong":        {"账号：" + cards[:18] + fmt.Sprint((int(cards[18]-'0')+1)%10), nil},
		"account of an office":           {"户名：龙城镇人民政府，账号：" + cards, nil},
		"number of an order":             {"订单编号 " + cards, nil},
		"disguised bank card":            {"6228 **** **** 7890", nil},
		"figures of a table":             {"12 34 56 78 90 12 34 56 78", nil},
		"days":                           {"2026-06-30 2026-07-01 20260630 20260701", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, found := range content.PrivateData(test.text, today) {
				got = append(got, found.Kind)
				if written := string([]rune(test.text)[found.From:found.To]); !strings.Contains(found.Masked, "****") || strings.Contains(found.Masked, written) {
					t.Errorf("%q is shown as %q", written, found.Masked)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s\n%s", test.text, diff)
			}
			if test.want != nil {
				if left := content.PrivateData(content.Mask(test.text), today); left != nil {
					t.Errorf("masked, it still has %v", left)
				}
			}
		})
	}
}

func FuzzPrivateData(f *testing.F) {
	f.Add("张三 " + idNumber("41110319900307123") + " 138 1234 5678 " + card("622848001234567890"))
	f.Add("１３８１２３４５６７８ 0395-6161234 +86 138-1234-5678")
	f.Fuzz(func(t *testing.T, text string) {
		last := -1
		for _, found := range content.PrivateData(text, today) {
			if found.From < last || found.To <= found.From || found.To > len([]rune(text)) || !strings.Contains(found.Masked, "****") {
				t.Errorf("%+v", found)
			}
			last = found.To
		}
		if left := content.PrivateData(content.Mask(text), today); left != nil {
			t.Errorf("masked, it still has %v: %q", left, content.Mask(text))
		}
	})
}

// What is shown of a number is the same beside a finding and in the text around it.
func TestMaskedAlike(t *testing.T) {
	today := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{"电话13812345678。", "身份证11010519491231002X。"} {
		found := content.PrivateData(text, today)
		if len(found) != 1 {
			t.Errorf("in %s: %v", text, found)
		}
		for _, one := range found {
			if masked := content.Mask(text); !strings.Contains(masked, one.Masked) {
				t.Errorf("%s beside %s", one.Masked, masked)
			}
		}
	}
}
