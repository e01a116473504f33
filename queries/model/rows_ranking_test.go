package model

import "testing"

func TestCondition(t *testing.T) {
	for name, test := range map[string]struct {
		unit RankingRow
		want string
	}{
		"an essential item of before":           {RankingRow{Assessed: 3, CarriedLapsed: 1, EssentialCarried: 1}, "essential"},
		"a lapse beside what is not known":      {RankingRow{Assessed: 3, Lapsed: 1, Unverified: 2}, "others_lapsed"},
		"not known is never no lapse":           {RankingRow{Assessed: 3, OnTime: 3, Unverified: 1}, "unverified"},
		"not known is never nothing due":        {RankingRow{Unverified: 1}, "unverified"},
		"nothing due yet":                       {RankingRow{Pending: 4}, "idle"},
		"late but out":                          {RankingRow{Assessed: 2, Late: 2}, "clear"},
		"lapsed before the window, nothing due": {RankingRow{CarriedLapsed: 1}, "others_lapsed"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.unit.Condition(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
