package patrol

import (
	"context"
	"math"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
)

// Budget says how often addresses are visited, and how many.
type Budget struct {
	PerHost int           // addresses of one host a week
	Every   time.Duration // from one visit of an address to the next
	Again   time.Duration // after which a failure is looked at again, and is a finding
}

const (
	week         = 7 * 24 * time.Hour
	longestShare = 24 * time.Hour // what a round makes up for of the time without any
	mostTargets  = 20_000         // addresses of one round, and so how much memory it takes
)

// Share is how much of the week's budget a round may spend that begins so long after the one before.
func Share(since time.Duration) float64 {
	return math.Min(float64(min(since, longestShare))/float64(week), 1)
}

// Due lists the addresses that are to be visited now, the most urgent first. due is how many are due, with those that the limits leave for later.
func (b Budget) Due(ctx context.Context, asker *ask.Asker, question model.Question, at time.Time, share float64) (targets []patrol.Target, due uint64, err error) {
	links, err := ask.Run(ctx, asker, ask.DueLinks(model.LinkBudget{
		At: at, PerHost: b.PerHost, Share: share, Every: b.Every, Again: b.Again, Limit: mostTargets,
	}), question)
	if err != nil {
		return nil, 0, err
	}
	for _, link := range links {
		target := patrol.Target{URL: link.URL, Failing: link.Failing, HostOpened: link.Opened}
		for i := range link.RecordIDs {
			target.Records = append(target.Records, patrol.Record{
				Source: link.Sources[i], RecordID: link.RecordIDs[i], Version: link.Versions[i], UnitID: link.UnitIDs[i], ItemID: link.ItemIDs[i],
				Title: link.Titles[i], Period: link.Periods[i], PublishedOn: model.Today(link.Published[i]), DisplayDays: int(link.DisplayDays[i]),
			})
		}
		targets, due = append(targets, target), link.Due
	}
	return targets, due, nil
}
