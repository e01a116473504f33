package texts

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"yangguang/collector/attachment"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
)

// builtText is a text with what is to be found in it; the hard negatives have nothing.
type builtText struct {
	unit, item, title, text string
	year, quarter           int
	published               time.Time
	fault                   string
	attachment              bool
	wanted                  []string
}

// builder builds texts as villages write them.
type builder struct {
	*rand.Rand
	units []model.Unit
	named map[string]model.Unit
	texts []builtText
	today time.Time
	next  int
}

// newBuilder has a district of towns with so many villages.
func newBuilder(villages int) *builder {
	b := &builder{Rand: rand.New(rand.NewPCG(11643, 2260)), today: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)}
	b.units = []model.Unit{{ID: "C1", Name: "郾城区委", Tier: "committee"}}
	surnames, marks := []rune("张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("庄营寨岗湾桥店楼堂坡屯沟集坊铺")
	for i := range max(2, villages/20) {
		b.units = append(b.units, model.Unit{ID: fmt.Sprintf("T%03d", i), Name: string([]rune{rune(0x4e00 + 700 + 31*i), '城', '镇'}), Tier: "town", ParentID: "C1"})
	}
	for i := range villages {
		name := string([]rune{surnames[i%20], marks[i/20%15]})
		if i >= 300 {
			name = string(rune(0x4e00+2000+17*(i/300))) + name
		}
		b.units = append(b.units, model.Unit{ID: fmt.Sprintf("V%04d", i), Name: name + "村委会", Tier: "village", ParentID: fmt.Sprintf("T%03d", i%max(2, villages/20))})
	}
	b.named = map[string]model.Unit{}
	for _, unit := range b.units {
		b.named[unit.ID] = unit
	}
	return b
}

func (b *builder) village() model.Unit {
	for {
		if unit := b.units[b.IntN(len(b.units))]; unit.Tier == "village" {
			return unit
		}
	}
}

func called(unit model.Unit) string { return strings.TrimSuffix(unit.Name, "委会") }

func (b *builder) person() string {
	return string([]rune{[]rune("张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")[b.IntN(20)], []rune("建国志军秀英丽华明强伟敏静磊洋勇艳杰娟涛")[b.IntN(20)], []rune("平红霞玲飞斌龙云峰辉")[b.IntN(10)]})
}

func (b *builder) money() string {
	return fmt.Sprintf("%d.%02d", 100+b.IntN(90000), b.IntN(100))
}

// day is one of a quarter.
func (b *builder) day(year, quarter int) string {
	day := time.Date(year, time.Month(3*quarter-2), 1+b.IntN(88), 0, 0, 0, 0, time.UTC)
	return day.Format("1月2日")
}

var quarters = []string{"", "第一季度", "第二季度", "第三季度", "第四季度"}

// form fills in one of the forms that every village fills in.
func (b *builder) form(unit model.Unit, year, quarter int) string {
	name, period := called(unit), fmt.Sprintf("%d年%s", year, quarters[quarter])
	switch b.IntN(4) {
	case 0:
		return fmt.Sprintf("%s%s党费收缴使用情况公示。根据《中国共产党党费收缴、使用和管理的规定》，现将本季度党费收缴情况公示如下：应交党费党员%d人，实交党费党员%d人，收缴党费%s元，上缴上级党委%s元，支出%s元，结余%s元。公示期5天，如有异议，请向镇纪委反映。\n%s党支部\n%d年%s",
			name, period, 20+b.IntN(60), 15+b.IntN(60), b.money(), b.money(), b.money(), b.money(), name, year, b.day(year, quarter))
	case 1:
		return fmt.Sprintf("%s%s“三会一课”开展情况公开。召开支部党员大会%d次，时间为%s，应到党员%d人，实到%d人；召开支部委员会%d次；开展主题党日活动时间为%s，参加党员%d人；上党课1次，由支部书记%s主讲，听课%d人。",
			name, period, 1+b.IntN(3), b.day(year, quarter), 20+b.IntN(80), 15+b.IntN(70), 1+b.IntN(4), b.day(year, quarter), 15+b.IntN(70), b.person(), 15+b.IntN(80))
	case 2:
		return fmt.Sprintf("%s%s村级财务收支公开表。期初余额%s元。收入：上级拨款%s元，集体土地发包收入%s元，其他收入%s元。支出：办公费%s元，水电费%s元，道路维修%s元，误工补贴%s元。期末余额%s元。村务监督委员会审核：%s。",
			name, period, b.money(), b.money(), b.money(), b.money(), b.money(), b.money(), b.money(), b.money(), b.money(), b.person())
	default:
		return fmt.Sprintf("%s%s惠民资金发放情况公示。发放耕地地力保护补贴%d户，面积%d.%d亩，金额%s元；发放低保金%d户%d人，金额%s元；发放高龄津贴%d人，金额%s元。经手人：%s，审核人：%s。",
			name, period, 100+b.IntN(300), 500+b.IntN(2000), b.IntN(10), b.money(), 5+b.IntN(30), 8+b.IntN(50), b.money(), 10+b.IntN(40), b.money(), b.person(), b.person())
	}
}

// add adds a text in whichever season it is published.
func (b *builder) add(text builtText) {
	if text.item == "" {
		text.item = "G1"
	}
	if text.published.IsZero() {
		text.published = time.Date(text.year, time.Month(3*text.quarter+1), 1+b.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	if text.title == "" {
		text.title = fmt.Sprintf("%s%d年%s公示", called(b.named[text.unit]), text.year, quarters[text.quarter])
	}
	b.texts = append(b.texts, text)
}

// one is a place and time for a text.
func (b *builder) one() (unit model.Unit, text builtText) {
	unit = b.village()
	return unit, builtText{unit: unit.ID, year: 2026, quarter: 1 + b.IntN(3)}
}

func (b *builder) idNumber() string {
	digits := fmt.Sprintf("4111%02d%s%03d", 1+b.IntN(22), time.Date(1940+b.IntN(70), time.Month(1+b.IntN(12)), 1+b.IntN(28), 0, 0, 0, 0, time.UTC).Format("20060102"), b.IntN(1000))
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[i]-'0')
	}
	return digits + "10X98765432"[sum%11:sum%11+1]
}

func (b *builder) mobile() string {
	return []string{"138", "139", "150", "159", "177", "186", "198"}[b.IntN(7)] + fmt.Sprintf("%04d%04d", 1+b.IntN(9999), 1+b.IntN(9998))
}

// card is a number of a bank card, or with a wrong check digit.
func (b *builder) card(right bool) string {
	digits := []string{"622848", "621700", "622202"}[b.IntN(3)] + fmt.Sprintf("%06d%06d", b.IntN(1e6), b.IntN(1e6))
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			d = d*2%10 + d*2/10
		}
		sum += d
	}
	check := (10 - sum%10) % 10
	if !right {
		check = (check + 1 + b.IntN(9)) % 10
	}
	return digits + fmt.Sprint(check)
}

// build adds a text of a kind, or one that is easily taken for it.
func (b *builder) build(kind string, faulty bool) {
	unit, text := b.one()
	name, other := called(unit), b.village()
	for called(other) == name {
		other = b.village()
	}
	text.text = b.form(unit, text.year, text.quarter)
	if faulty {
		text.wanted = []string{kind}
	}
	pick := func(good, bad []string) string {
		if faulty {
			return bad[b.IntN(len(bad))]
		}
		return good[b.IntN(len(good))]
	}
	switch kind {
	case patrol.IDNumber:
		id := b.idNumber()
		wrong := id[:17] + string("0123456789"[(strings.IndexByte("0123456789X", id[17])+1)%10])
		text.text += pick(
			[]string{"户主" + b.person() + "，身份证号" + id[:6] + "********" + id[14:], "证件号码：" + wrong, "统一社会信用代码：" + id, "凭证编号 " + id, "合计" + id + "7元"},
			[]string{"户主" + b.person() + "，身份证号" + id, b.person() + "\t" + id + "\t1", "身份证：" + id[:6] + " " + id[6:14] + " " + id[14:], "（" + strings.ToLower(id) + "）"})
	case patrol.Mobile:
		mobile := b.mobile()
		text.text += pick(
			[]string{"咨询电话：" + mobile, "监督举报电话：0395-6161234", "发票号码：" + mobile, "户主" + b.person() + " " + mobile[:3] + "****" + mobile[7:], "资产总额" + mobile + "元", "联系人：王主任 " + mobile},
			[]string{"户主" + b.person() + "，电话" + mobile, b.person() + "\t" + mobile, "申请人" + b.person() + "：" + mobile[:3] + " " + mobile[3:7] + " " + mobile[7:], "（" + b.person() + mobile + "）"})
	case patrol.BankCard:
		card := b.card(true)
		text.text += pick(
			[]string{"卡号" + b.card(false), "农行卡" + card[:4] + "****" + card[15:], "户名：" + name + "民委员会，账号：" + card, "订单编号" + card},
			[]string{b.person() + "农行卡号" + card, b.person() + "\t" + card, "卡号 " + card[:4] + " " + card[4:8] + " " + card[8:12] + " " + card[12:16] + " " + card[16:]})
	case patrol.Empty:
		text.text = pick([]string{"已在公开栏张贴。详见公开栏，公示期间接受监督，欢迎广大党员群众提出意见建议，共同做好工作，谢谢大家的支持。"}, []string{"", " \n　", "——"})
		if !faulty && b.IntN(2) == 0 {
			text.text, text.fault = "", attachment.More
		}
	case patrol.TitleOnly:
		title := fmt.Sprintf("%s%d年%s公示", name, text.year, quarters[text.quarter])
		text.text = title + "\n发布时间：2026-10-08\n" + pick([]string{b.form(unit, text.year, text.quarter)}, []string{"", "浏览次数：12\n打印\n关闭", "来源：村委会"})
	case patrol.TooShort:
		text.text = pick([]string{strings.Repeat("公开内容详见村务公开栏", 4)}, []string{"已公开。", "详见村务公开栏。", "本季度情况已张贴上墙。"})
		if !faulty && b.IntN(2) == 0 {
			text.item, text.text = "G2", "详见村务公开栏。"
		}
	case patrol.Otherwhen:
		before := max(1, text.quarter-1)
		if before == text.quarter {
			before = 4
		}
		wrong := strings.ReplaceAll(text.text, quarters[text.quarter], quarters[before])
		text.text = pick(
			[]string{text.text + "与" + quarters[before] + "相比有所增加。", text.text, strings.ReplaceAll(text.text, quarters[text.quarter], "") + "较" + quarters[before] + "增加。下一步计划于" + quarters[before] + "完善。"},
			[]string{wrong})
	case patrol.Elsewhere:
		text.title = fmt.Sprintf("%d年%s公示", text.year, quarters[text.quarter])
		wrong := strings.ReplaceAll(text.text, name, called(other))
		text.text = pick([]string{text.text + "组织党员到" + called(other) + "参观学习。", strings.ReplaceAll(text.text, name, "我村") + called(other) + "支部书记出席。", text.text}, []string{wrong})
	case patrol.Copied:
		theirs := builtText{unit: other.ID, year: text.year, quarter: text.quarter}
		theirs.published = time.Date(text.year, time.Month(3*text.quarter+1), 1+b.IntN(10), 0, 0, 0, 0, time.UTC)
		text.published = theirs.published.AddDate(0, 0, 3+b.IntN(10))
		switch {
		case faulty && b.IntN(4) == 0: // prose, with one figure and a person's name changed
			said := b.prose(other)
			theirs.text, text.text = said, strings.ReplaceAll(said, called(other), name)+"联系人为"+b.person()+"。"
		case faulty:
			said := b.form(other, text.year, text.quarter)
			theirs.text, text.text = said, strings.ReplaceAll(said, called(other), name)
			if b.IntN(3) == 0 {
				text.text += "特此公示。"
			}
		case b.IntN(4) == 0: // what both did
			said := fmt.Sprintf("%s、%s联合开展主题党日活动。%s，两村党员%d人到烈士陵园开展祭扫，捐款%s元，慰问老党员%d人。", name, called(other), b.day(text.year, text.quarter), 20+b.IntN(90), b.money(), 1+b.IntN(9))
			theirs.text, text.text = said, said
		case b.IntN(3) == 0: // nothing to report, as all of them say it
			theirs.text = called(other) + "本季度未发展党员，无党员受处分情况，无重大事项决策，无村级工程项目建设，无集体资产处置情况，特此公示。"
			text.text = name + "本季度未发展党员，无党员受处分情况，无重大事项决策，无村级工程项目建设，无集体资产处置情况，特此公示。"
		default: // one form, each with its own figures
			theirs.text = b.form(other, text.year, text.quarter)
		}
		b.add(theirs)
	case patrol.Repeated:
		text.quarter = 2 + b.IntN(2)
		before := text
		before.wanted, before.quarter = nil, text.quarter-1
		before.text = b.form(unit, before.year, before.quarter)
		text.text = strings.ReplaceAll(before.text, quarters[before.quarter], quarters[text.quarter])
		if !faulty {
			switch b.IntN(3) {
			case 0:
				text.text = b.form(unit, text.year, text.quarter)
			case 1: // a declaration
				text.text = name + "本季度未发展党员，无党员受处分情况，无重大事项决策，无村级工程项目建设。"
				before.text = text.text
			default: // the same pay, of another month
				before.text = fmt.Sprintf("%s村干部报酬公示：支部书记%s元，主任%s元。%s", name, "3200", "2800", b.day(before.year, before.quarter))
				text.text = strings.Replace(before.text, before.text[strings.Index(before.text, "元。")+len("元。"):], b.day(text.year, text.quarter), 1)
			}
		}
		text.item, before.item = fmt.Sprintf("G%d", 10+b.next%40), fmt.Sprintf("G%d", 10+b.next%40)
		b.next++
		b.add(before)
	case patrol.Broken, patrol.NoText:
		text.attachment = true
		if faulty {
			text.text = ""
			text.fault = attachment.NoText
			if kind == patrol.Broken {
				text.fault = []string{attachment.Damaged, attachment.Encrypted, attachment.NoBytes, attachment.WrongKind}[b.IntN(4)]
			}
		} else if b.IntN(2) == 0 {
			text.text, text.fault = "", []string{attachment.OldFormat, attachment.TooLarge, attachment.TooSlow, attachment.Unread}[b.IntN(4)]
		}
	}
	b.add(text)
}

// prose is what nobody writes twice.
func (b *builder) prose(unit model.Unit) string {
	sentences := []string{
		"今年以来，%s党支部坚持把学习放在首位，围绕%s组织讨论。", "针对群众反映的%s问题，%s逐户走访，当场答复。", "%s在%s方面探索积分管理，让群众参与进来。",
		"村里的%s完成了整修，%s的老人有了歇脚的地方。", "支部牵头成立%s小组，由%s负责日常巡查。", "遇到%s时，%s党员带头上门帮忙。", "通过%s，%s的环境有了明显变化。",
	}
	words := []string{"垃圾分类", "饮水安全", "道路照明", "夏粮收割", "防汛值守", "秸秆禁烧", "老年食堂", "文化广场", "村史馆", "合作社", "产业道路", "邻里纠纷", "危房排查", "河道保洁", "冬季取暖", "义务植树"}
	var text strings.Builder
	text.WriteString(called(unit) + "工作情况。")
	for range 12 {
		fmt.Fprintf(&text, sentences[b.IntN(len(sentences))], words[b.IntN(len(words))], words[b.IntN(len(words))])
	}
	return text.String()
}
