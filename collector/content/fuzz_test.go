package content_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"yangguang/collector/content"
	"yangguang/collector/record"
)

// Whatever a text is, it is like itself, states its own figures again, and only what stands in it is said of it.
func FuzzText(f *testing.F) {
	f.Add("张庄村2026年第三季度公示", "李庄村2026年6月12日召开大会，实到1,238.50人，较第二季度增加")
	f.Add("", "二〇二六年六月三十日 1-8月份 上半年 区教育局\n2026-06-05")
	units, published := places(), time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC)
	period, err := record.ParsePeriod("2026Q3", published)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		compared, again := content.Compare(text, []string{"张庄村"}), content.Compare(text, []string{"张庄村"})
		runs := content.RunsOf(compared.Skeleton)
		if alike := content.Alike(runs, runs); len(runs) > 0 && alike != 1 {
			t.Errorf("it is like itself by %v", alike)
		}
		for i, figure := range compared.Figures {
			if figure != again.Figures[i] || figure.Bits <= 0 || figure.Text == "" {
				t.Errorf("%+v", figure)
			}
		}
		said := norm.NFKC.String(title + "\n" + text)
		for _, unit := range []string{"V1", "T1", "O1"} {
			if other := units.OtherPlace(unit, title, text); !strings.Contains(said, other) {
				t.Errorf("it names no %q", other)
			}
		}
		other := content.OtherPeriod(title, text, period, published)
		if joined := strings.Join(strings.Fields(said), ""); !strings.Contains(joined, other) {
			t.Errorf("it speaks of no %q", other)
		}
		if says := content.WhatItSays(title, text, 20); says.Letters < 0 || says.Kind == "" && says.Letters < 20 {
			t.Errorf("%+v", says)
		}
	})
}
