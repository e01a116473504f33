package country

import (
	"slices"
	"strings"
	"time"

	"yangguang/queries/model"
)

// catalogue is what the units of a simulated country owe: 6+1 items of district committees (and those above), 7+1 of the grass roots, 7 of
// discipline units, and some of the other programmes; in all cadences. Time limits are made up. Standing items are valid from the day given.
func catalogue(from time.Time) []model.Item {
	lines := strings.Fields(`
QW1 贯彻落实上级决策部署 party committee committee political_life essential society|party press|website|wechat_account quarterly 15 natural 0 start
QW2 重大决策和决议决定 party committee committee political_life essential society|party press|website|meeting event 20 working 0 start
QW3 重点任务落实 party committee committee - obligatory society press|website semiannual 20 working 0 start
QW4 自身建设和组织建设 party committee committee political_life obligatory party|society website|meeting semiannual 20 working 0 end
QW5 干部任前公示 party committee committee personnel essential society press|website event 5 working 7 start
QW6 履行全面从严治党责任 party committee committee integrity essential society|party website|meeting quarterly 15 working 0 end
QW7 年度公开目录 party committee committee - recommended - website annual 31 natural 0 any
JW1 查处作风问题 party discipline discipline integrity essential society website|wechat_account|press monthly 15 natural 0 end
JW2 查处群众身边腐败问题 party discipline discipline integrity essential society website|wechat_account quarterly 15 natural 0 end
JW3 审查和处分 party discipline discipline integrity essential society|party website|wechat_account event 10 working 0 start
JW4 问责 party discipline discipline integrity obligatory society|party website|meeting event 10 working 0 start
JW5 巡察整改监督 party discipline discipline integrity obligatory society|party website|meeting semiannual 20 working 0 end
JW6 机构职能和举报方式 party discipline discipline integrity obligatory society website|board standing 30 natural 0 -
JW7 年度工作 party discipline discipline integrity recommended party|society website|meeting annual 31 natural 0 end
JC1 学习贯彻决策部署 party grassroots * political_life essential - board|meeting|wechat_group|wechat_account|website quarterly 15 natural 0 start
JC2 工作目标和重点任务 party grassroots * - obligatory - board|meeting|website semiannual 20 working 0 start
JC3 三会一课 party grassroots * political_life essential party|unit board|meeting|wechat_group monthly 10 natural 0 start
JC4 党费收缴使用 party grassroots * political_life obligatory party|unit board|meeting|wechat_group quarterly 15 natural 0 end
JC5 发展党员和任用公示 party grassroots * personnel essential party|unit|society board|website|wechat_account event 5 working 7 start
JC6 联系服务党员群众 party grassroots * integrity obligatory - - semiannual 20 working 0 start
JC7 党风廉政建设 party grassroots * integrity essential party|unit|society board|meeting|website quarterly 15 working 0 start
JC8 党组织设置和公开目录 party grassroots * - recommended - board|website standing 30 natural 0 -
ZW1 信息公开指南 government grassroots organ|town|subdistrict - obligatory society website standing 31 natural 0 -
ZW2 信息公开年度报告 government grassroots organ|town|subdistrict - essential society website annual 31 natural 0 end
CW1 村级财务收支 village grassroots village|community - essential society|unit board|wechat_group quarterly 15 natural 10 end
SF1 公共法律服务 judicial grassroots town|subdistrict - recommended society board|wechat_account|website quarterly 20 natural 0 end
MS1 惠民补贴发放 livelihood grassroots town|subdistrict|village|community - obligatory society|unit board|wechat_group quarterly 20 natural 7 end`)
	const fields = 14
	var items []model.Item
	for ; len(lines) >= fields; lines = lines[fields:] {
		item := model.Item{
			ID: lines[0], Name: lines[1] + "情况", Programme: lines[2], Catalogue: lines[3], Tiers: codes(lines[4]), Focus: code(lines[5]),
			Class: lines[6], Scopes: codes(lines[7]), Channels: codes(lines[8]), Cadence: lines[9], DueDays: number(lines[10]), DayKind: lines[11],
			DisplayDays: number(lines[12]), NotBefore: code(lines[13]), Aliases: []string{lines[1]},
		}
		if item.NotBefore == "" {
			item.NotBefore, item.ValidFrom = "start", from
		}
		items = append(items, item)
	}
	return items
}

func code(text string) string { return strings.Trim(text, "-") }

func codes(text string) []string {
	switch text {
	case "-":
		return nil
	case "*":
		return []string{"organ", "town", "subdistrict", "village", "community"}
	}
	return strings.Split(text, "|")
}

func number(text string) (n uint16) {
	for _, digit := range text {
		n = 10*n + uint16(digit-'0')
	}
	return n
}

// duty is an item as the units of some tiers owe it, with its periods within the window.
type duty struct {
	item     *model.Item
	key      uint64
	short    string // as titles name it
	periods  []period
	scopes   []string // allowed ones
	channels []string
	wrong    struct{ scopes, channels []string } // the others, where it restricts them
}

func everyScope() []string { return []string{"society", "party", "unit"} }

func everyChannel() []string {
	return []string{"board", "website", "wechat_account", "meeting", "wechat_group", "press"}
}

func newDuty(item *model.Item, calendar *calendar, from, to day) *duty {
	d := &duty{item: item, key: keyOf(item.ID), short: item.Aliases[0], periods: periodsOf(item, calendar, from, to)}
	d.scopes, d.wrong.scopes = choices(everyScope(), item.Scopes)
	d.channels, d.wrong.channels = choices(everyChannel(), item.Channels)
	return d
}

// choices are the allowed codes and, if not all are, the others.
func choices(every, listed []string) (allowed, others []string) {
	if len(listed) == 0 {
		return every, nil
	}
	for _, code := range every {
		if !slices.Contains(listed, code) {
			others = append(others, code)
		}
	}
	return listed, others
}
