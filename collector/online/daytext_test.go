package online_test

import (
	"testing"
	"time"

	"yangguang/collector/online"
	"yangguang/collector/record"
)

func TestDayText(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	began := time.Date(2026, 8, 1, 1, 30, 0, 0, shanghai) // 31 July in UTC
	for _, test := range []struct {
		name, text string
		first      bool
		want       string // ! no date
	}{
		{"full-width digits", "２０２６－０７－０１", false, "2026-07-01"},
		{"full-width digits behind words", "发布时间：２０２６年７月１日　０９：３０", false, "2026-07-01"},
		{"compact", "20260701", false, "2026-07-01"},
		{"compact with a time", "20260701093000", false, "2026-07-01"},
		{"year of two digits", "26-07-01", false, "2026-07-01"},
		{"year of two digits in brackets, with a time", "[26/7/1 09:30]", false, "2026-07-01"},
		{"year of two digits, Chinese", "26年7月1日", false, "2026-07-01"},
		{"year of two digits of the last century", "99-12-31", false, "1999-12-31"},
		{"year of two digits, a month ahead at most", "26-09-01", false, "2026-09-01"},
		{"two digits that are no year", "07-15-26", false, "!"},
		{"day that does not exist", "26-02-30", false, "!"},
		{"Java, of the place", "Tue Mar 03 10:00:00 CST 2026", false, "2026-03-03"},
		{"Java, in GMT", "Tue Mar 03 20:00:00 GMT 2026", false, "2026-03-04"},
		{"Java, with an offset", "Tue Mar 03 23:30:00 GMT+08:00 2026", false, "2026-03-03"},
		{"script", "Tue Mar 03 2026 23:30:00 GMT+0800 (中国标准时间)", false, "2026-03-03"},
		{"script without a time", "Tue Mar 03 2026", false, "2026-03-03"},
		{"Gson", "Mar 3, 2026 11:30:00 PM", false, "2026-03-03"},
		{"Gson without a time", "Mar 3, 2026", false, "2026-03-03"},
		{"Java of a month that does not exist", "Tue Foo 03 10:00:00 CST 2026", false, "!"},
		{".NET", `/Date(1782864000000)/`, false, "2026-07-01"},
		{"days ago", "3天前", false, "2026-07-29"},
		{"days ago behind words", "发布于 12 天前 浏览 7", false, "2026-07-20"},
		{"numeral", "两天前", false, "2026-07-30"},
		{"numeral of ten", "十日前", false, "2026-07-22"},
		{"hours ago, of the day before in the zone", "2小时前", false, "2026-07-31"},
		{"half an hour ago", "半小时前", false, "2026-08-01"},
		{"minutes ago", "约100分钟前", false, "2026-07-31"},
		{"yesterday with a time", "昨天 23:10", false, "2026-07-31"},
		{"the day before yesterday", "【前天】", false, "2026-07-30"},
		{"just now", "刚刚", false, "2026-08-01"},
		{"weeks tell no day", "2周前", false, "!"},
		{"months tell no day", "3个月前", false, "!"},
		{"two that are ago", "3天前 5天前", false, "!"},
		{"several dates", "2026-07-01 更新：2026-07-05", false, "!"},
		{"several dates behind a label", "2026-07-01 更新：2026-07-05", true, "2026-07-01"},
		{"date and what is ago", "2026-07-01（31天前）", false, "2026-07-01"},
		{"a word within a title", "今天的通知", false, "!"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := online.DayText(test.text, began, test.first)
			day, err := record.ParseDate(text, shanghai)
			got := day.Format(time.DateOnly)
			if err != nil {
				got = "!"
			}
			if got != test.want {
				t.Errorf("%q became %q, %q; want %q", test.text, text, got, test.want)
			}
		})
	}
	for _, text := range []string{"3天前", "昨天", "26-07-01"} {
		if got := online.DayText(text, time.Time{}, false); got != text {
			t.Errorf("%q became %q though the day of reading is not known", text, got)
		}
	}
}

func TestDaysInAddresses(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	day := online.Instant{Began: time.Date(2026, 2, 28, 18, 0, 0, 0, time.UTC), Zone: shanghai} // 1 March in Shanghai
	for text, want := range map[string]string{
		"/list?from={today-7}&to={today}":     "/list?from=2026-02-22&to=2026-03-01",
		`{"begin":"{today-1:yyyyMMdd}"}`:      `{"begin":"20260228"}`,
		"/{today:yyyy}/{today:M/d}/":          "/2026/3/1/",
		"?t={today:ms}&s={today+1:s}":         "?t=1772294400000&s=1772380800",
		"{today:yyyy年MM月dd日}":                 "2026年03月01日",
		"{page} stays, and so does {\"a\":1}": "{page} stays, and so does {\"a\":1}",
	} {
		if err := online.CheckDays(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := day.Fill(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"{today - 7}", "{today-7:YYYY}", "{Today}", "{today:}", "{today-week}", "{today:hh}"} {
		if err := online.CheckDays("/list?from=" + text); err == nil {
			t.Errorf("%s is taken for a day", text)
		}
	}
}

func FuzzDayText(f *testing.F) {
	for _, seed := range []string{"3天前", "昨天 10:30", "26-07-01", "Tue Mar 03 10:00:00 CST 2026", "Mar 3, 2026 11:30:00 PM", "/Date(1)/", "２０２６年", "十日前"} {
		f.Add(seed)
	}
	began := time.Date(2026, 8, 1, 1, 30, 0, 0, time.FixedZone("CST", 8*3600))
	f.Fuzz(func(t *testing.T, text string) {
		once := online.DayText(text, began, true)
		if again := online.DayText(once, began, true); again != once {
			t.Errorf("%q became %q, and that %q", text, once, again)
		}
	})
}
