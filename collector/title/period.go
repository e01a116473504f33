package title

const (
	monthForm = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`
	toForm    = `\s*(?:[-‐‑‒–—―−─~～〜∼－]+|至|到)\s*`
	yearForm  = `(?:(?:19|20)\d\d\s*年?度?|` + spelledYear + `年度?)\s*`
	// spelledYear is a year in Chinese numerals: 二〇二六
	spelledYear = `(?:一九|二[〇○零Oo0])[〇○零Oo0一二三四五六七八九]{2}`
)

// periodGroup is what {period} stands for: the ways of writing a period of SPEC §3 as they come in titles, the year first,
// the longest way first: 2026年1月至7月, 1-8月, 2026年第三季度, 2026年上半年, 2026年度.
const periodGroup = `(?P<period>` +
	`(?:` + yearForm + `)?` + monthForm + `(?:\s*月份?)?` + toForm + `(?:` + yearForm + `)?` + monthForm + `\s*月份?` +
	`|(?:` + yearForm + `)?第?[1-4一二三四](?:季度?)?` + toForm + `第?[1-4一二三四]\s*季度` +
	`|(?:` + yearForm + `)?第?[1-4一二三四]\s*季度` +
	`|(?:` + yearForm + `)?前[2-3二三]个?季度` +
	`|(?:` + yearForm + `)?前(?:1[01]|[2-9]|十一?|[二三四五六七八九])个?月` +
	`|(?:` + yearForm + `)?[上下]半年` +
	`|(?:` + yearForm + `)?` + monthForm + `\s*月份?` +
	`|(?:19|20)\d\d[HhQq][1-4]` +
	`|(?:19|20)\d\d-(?:1[0-2]|0[1-9])` +
	`|(?:19|20)\d\d(?:\s*年度?)?` +
	`|` + spelledYear + `年度?` +
	`)`
