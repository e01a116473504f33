package patrol_test

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/works"
)

// One process makes a round of a part at a time; one that has ended, or was killed, hinders nobody.
func TestOnePatrolAtATime(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	begin := func(part string) (end func() error, other bool) {
		t.Helper()
		end, err := patrol.Begin(ctx, store.Store, part)
		if is := (works.Other{}); errors.As(err, &is) {
			if want := "links are being patrolled already by process "; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v, expected %s", err, want)
			}
			return nil, true
		}
		if err != nil {
			t.Fatal(err)
		}
		return end, false
	}
	elsewhere := func(owner string, begun time.Time) {
		t.Helper()
		if err := works.Write(ctx, store.Store, works.Work{Kind: "patrol", Subject: patrol.Links, Owner: owner, BegunAt: begun.UTC().Truncate(time.Millisecond)}, works.UnderWay); err != nil {
			t.Fatal(err)
		}
	}
	end, _ := begin(patrol.Links)
	if _, other := begin(patrol.Links); !other {
		t.Error("two rounds are made at a time")
	}
	endContent, other := begin(patrol.Content)
	if other {
		t.Error("a round of links hinders one of texts")
	}
	if err := errors.Join(end(), endContent()); err != nil {
		t.Fatal(err)
	}
	// Of another machine's it is not known whether it goes on; after a day it does not.
	elsewhere("other|boot|1|1", time.Now().Add(-23*time.Hour))
	if _, other := begin(patrol.Links); !other {
		t.Error("another machine's round is not seen")
	}
	if err := works.EndAll(ctx, store.Store, "patrol", patrol.Links); err != nil {
		t.Fatal(err)
	}
	elsewhere("other|boot|1|1", time.Now().Add(-25*time.Hour))
	killed := exec.Command("true")
	if err := killed.Run(); err != nil {
		t.Fatal(err)
	}
	ours := strings.Split(works.Owner(), "|")
	ours[2] = strconv.Itoa(killed.Process.Pid)
	elsewhere(strings.Join(ours, "|"), time.Now())
	if end, other = begin(patrol.Links); other {
		t.Fatal("rounds that have ended hinder others")
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	ours[2] = strconv.Itoa(os.Getppid())
	elsewhere(strings.Join(ours, "|"), time.Now())
	if _, other = begin(patrol.Links); other {
		t.Error("another process of the same number, which was begun at another time, is taken for the one that has ended")
	}
}
