package record

import (
	"testing"
	"time"
)

func TestParsePeriod(t *testing.T) {
	july := "2026-07-15"
	tests := []struct{ name, text, published, want string }{
		{"year", "2026", "", "2026-01-01..2026-12-31"},
		{"year in Chinese", "2026年", "", "2026-01-01..2026-12-31"},
		{"year 年度", "2026年度", "", "2026-01-01..2026-12-31"},
		{"full width", "２０２６年度", "", "2026-01-01..2026-12-31"},
		{"first half", "2026H1", "", "2026-01-01..2026-06-30"},
		{"second half, small letter", "2026h2", "", "2026-07-01..2026-12-31"},
		{"上半年", "2026年上半年", "", "2026-01-01..2026-06-30"},
		{"下半年", "2026年下半年", "", "2026-07-01..2026-12-31"},
		{"quarter", "2026Q3", "", "2026-07-01..2026-09-30"},
		{"第三季度", "2026年第三季度", "", "2026-07-01..2026-09-30"},
		{"三季度", "2026年三季度", "", "2026-07-01..2026-09-30"},
		{"3季度", "2026年3季度", "", "2026-07-01..2026-09-30"},
		{"第4季度 with spaces", "2026 年 第 4 季度", "", "2026-10-01..2026-12-31"},
		{"quarters", "2026年一至三季度", "", "2026-01-01..2026-09-30"},
		{"month", "2026-07", "", "2026-07-01..2026-07-31"},
		{"month without zero", "2026-7", "", "2026-07-01..2026-07-31"},
		{"month in Chinese", "2026年7月", "", "2026-07-01..2026-07-31"},
		{"month 份", "2026年7月份", "", "2026-07-01..2026-07-31"},
		{"month in Chinese digits", "2026年十二月", "", "2026-12-01..2026-12-31"},
		{"a month's date cell", "2026-07-01", "", "2026-07-01..2026-07-31"},
		{"February of a leap year", "2024年2月", "", "2024-02-01..2024-02-29"},
		{"range", "2026年1-7月", "", "2026-01-01..2026-07-31"},
		{"range with 至", "2026年1月至7月", "", "2026-01-01..2026-07-31"},
		{"range with 到", "2026年1月到7月份", "", "2026-01-01..2026-07-31"},
		{"range with wave dash", "2026年1月～7月", "", "2026-01-01..2026-07-31"},
		{"range with long dash", "2026年1月——7月", "", "2026-01-01..2026-07-31"},
		{"range with en dash", "2026年1–7月", "", "2026-01-01..2026-07-31"},
		{"range of one month", "2026年1-1月", "", "2026-01-01..2026-01-31"},
		{"range over two years", "2025年11月至2026年2月", "", "2025-11-01..2026-02-28"},
		{"no year, this year", "1-7月", july, "2026-01-01..2026-07-31"},
		{"no year, would end after the month", "1-8月", july, "2025-01-01..2025-08-31"},
		{"no year, quarter of the month", "三季度", "2026-09-02", "2026-07-01..2026-09-30"},
		{"no year, quarter not over in the month", "三季度", july, "2025-07-01..2025-09-30"},
		{"no year, 第四季度 in January", "第四季度", "2026-01-10", "2025-10-01..2025-12-31"},
		{"no year, month", "5月", july, "2026-05-01..2026-05-31"},
		{"no year, 月份", "12月份", july, "2025-12-01..2025-12-31"},
		{"no year, half", "上半年", july, "2026-01-01..2026-06-30"},
		{"no year, 1月-4月", "1月-4月", july, "2026-01-01..2026-04-30"},
		{"quarters from the first on", "2026年前三季度", "", "2026-01-01..2026-09-30"},
		{"quarters from the first on, in digits", "2026年前2个季度", "", "2026-01-01..2026-06-30"},
		{"months from the first on", "2026年前8个月", "", "2026-01-01..2026-08-31"},
		{"no year, months from the first on", "前十一个月", july, "2025-01-01..2025-11-30"},
		{"year in Chinese numerals", "二〇二六年第二季度", "", "2026-04-01..2026-06-30"},
		{"year in Chinese numerals, other noughts", "二O○九年度", "", "2009-01-01..2009-12-31"},
		{"not two years", "二二六年", "", ""},
		{"no year and not published", "1-8月", "", ""},
		{"reversed", "2026年7-1月", "", ""},
		{"reversed years", "2026年1月至2025年3月", "", ""},
		{"reversed without a year", "7-1月", july, ""},
		{"reversed quarters", "2026年三至一季度", "", ""},
		{"quarter 5", "2026Q5", "", ""},
		{"half 3", "2026H3", "", ""},
		{"month 13", "2026-13", "", ""},
		{"month 0", "2026-00", "", ""},
		{"第五季度", "2026年第五季度", "", ""},
		{"before 1970", "1969", "", ""},
		{"after 2299", "2300年", "", ""},
		{"word", "本季度", july, ""},
		{"digits only", "20263", "", ""},
		{"a day", "2026-07-15", "", ""},
		{"empty", "", july, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var published time.Time
			if test.published != "" {
				published = day(t, test.published)
			}
			period, err := ParsePeriod(test.text, published)
			got := ""
			if err == nil {
				got = period.From.Format(time.DateOnly) + ".." + period.To.Format(time.DateOnly)
			}
			if got != test.want {
				t.Fatalf("ParsePeriod(%q) = %q (%v), want %q", test.text, got, err, test.want)
			}
		})
	}
}

func day(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func FuzzParsePeriod(f *testing.F) {
	for _, seed := range []string{"2026", "2026H1", "2026年第三季度", "1-8月", "2026年1月至7月", "2025年11月-2026年2月"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		period, err := ParsePeriod(text, time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC))
		if err != nil {
			return
		}
		if period.To.Before(period.From) || period.From.Day() != 1 || period.To.AddDate(0, 0, 1).Day() != 1 {
			t.Fatalf("ParsePeriod(%q) = %s..%s", text, period.From, period.To)
		}
	})
}
