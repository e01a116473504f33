package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"yangguang/collector/fetch"
	"yangguang/collector/patrol"
)

// patrolConfig says how what was published is looked at again (key patrol); without it nothing is.
type patrolConfig struct {
	Schedule   string   `yaml:"schedule"`    // of rounds, as a source's; every hour without it
	Days       int      `yaml:"days"`        // from one visit of an address to the next; 7 without it
	PerHost    int      `yaml:"per_host"`    // addresses of one host that are visited a week; 5000 without it
	AgainAfter string   `yaml:"again_after"` // after which a failure is looked at again, and is a finding; 3h without it
	Slow       string   `yaml:"slow"`        // a page that has not come whole by then is too slow; 15s without it
	Reachable  []string `yaml:"reachable"`   // addresses or names of hosts that tell whether our own network is up; those with most records without it

	schedule cron.Schedule
	budget   patrol.Budget
	slow     time.Duration
}

// complete checks the key and puts in what it does not say; problems name file and field.
func (p *patrolConfig) complete(file string) (problems []error) {
	if p == nil {
		return nil
	}
	wrong := func(format string, values ...any) {
		problems = append(problems, fmt.Errorf(file+": patrol."+format, values...))
	}
	duration := func(key, written, usual string, least, most time.Duration) time.Duration {
		if written == "" {
			written = usual
		}
		value, err := time.ParseDuration(written)
		if err != nil || value < least || value > most {
			wrong("%s: %q; expected a time from %s to %s, such as %s", key, written, least, most, usual)
		}
		return value
	}
	if p.Schedule == "" {
		p.Schedule = "@every 1h"
	}
	var err error
	if p.schedule, err = cron.ParseStandard(p.Schedule); err != nil {
		wrong("schedule: %w; expected five fields such as \"10 7 * * *\", or @every 1h", err)
	}
	p.budget.Again = duration("again_after", p.AgainAfter, "3h", 10*time.Minute, 72*time.Hour)
	p.slow = duration("slow", p.Slow, "15s", time.Second, 5*time.Minute)
	if p.Days == 0 {
		p.Days = 7
	}
	if p.Days < 1 || p.Days > 90 {
		wrong("days: %d; expected a number from 1 to 90", p.Days)
	}
	p.budget.Every = time.Duration(p.Days) * 24 * time.Hour
	if p.PerHost == 0 {
		p.PerHost = 5000
	}
	if p.PerHost < 1 {
		wrong("per_host: %d; expected a number above 0", p.PerHost)
	}
	p.budget.PerHost = p.PerHost
	for i, written := range p.Reachable {
		if !strings.Contains(written, "://") {
			written = "https://" + written
		}
		address, err := url.Parse(written)
		if err != nil || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" {
			wrong("reachable: %q; expected a host such as www.example.gov.cn, or an address such as http://www.example.gov.cn/", p.Reachable[i])
			continue
		}
		p.Reachable[i] = written
	}
	return problems
}

// slowFiles is how many times longer a file may take than a page.
const slowFiles = 4

// patrolPolicy says how the addresses of a source's records are visited: as its network says, but once each, and no longer than a page may take.
func (c *config) patrolPolicy(source string, file bool) fetch.Policy {
	var policy fetch.Policy
	c.Network.change(&policy)
	for _, entry := range c.Sources {
		if entry.Name == source {
			entry.Network.change(&policy)
		}
	}
	policy.CAFile = c.relative(policy.CAFile)
	policy.Retries, policy.Afresh, policy.Timeout = -1, true, c.Patrol.slow
	if file {
		policy.Timeout *= slowFiles
	}
	return policy
}
