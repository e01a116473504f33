package district

import "strings"

// title is what a ledger clerk would write: unit, period, short name of the item.
func title(u unit, i item, period string, c chance) string {
	gap := ""
	if c.happens(.03) {
		gap = "  " // double spaces occur in real titles
	}
	subject := strings.TrimSuffix(strings.TrimPrefix(i.short, u.short), "情况")
	return u.short + period + gap + subject + oneOf(c, "公开", "公示", "情况公开", "情况通报")
}
