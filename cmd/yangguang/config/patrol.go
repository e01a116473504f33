package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"yangguang/collector/fetch"
	"yangguang/collector/patrol"
)

// Patrol says how what was published is looked at again (key patrol); without it nothing is.
type Patrol struct {
	Schedule   string   `yaml:"schedule"`    // of rounds, as a source's; every hour without it
	Days       *int     `yaml:"days"`        // from one visit of an address to the next; 7 without it
	PerHost    *int     `yaml:"per_host"`    // addresses of one host that are visited a week; 5000 without it
	AgainAfter string   `yaml:"again_after"` // after which a failure is looked at again, and is a finding; 3h without it
	Slow       string   `yaml:"slow"`        // a page that has not come whole by then is too slow; 15s without it
	Reachable  []string `yaml:"reachable"`   // addresses or names of hosts that tell whether our own network is up; those with most records without it

	Rounds cron.Schedule `yaml:"-"`
	Budget patrol.Budget `yaml:"-"`
	slow   time.Duration
}

// complete checks the key and puts in what it does not say; problems name file, line and field.
func (p *Patrol) complete(c *Config) (problems []error) {
	if p == nil {
		return nil
	}
	wrong := func(key, format string, values ...any) {
		line := c.keyLine["patrol."+key]
		if slices.Contains(c.misread, strconv.Itoa(line)) {
			return // said already
		}
		problems = append(problems, fmt.Errorf("%s:%d: patrol.%s: "+format, append([]any{c.File, line, key}, values...)...))
	}
	duration := func(key, written, usual string, least, most time.Duration) time.Duration {
		if written == "" {
			written = usual
		}
		value, err := time.ParseDuration(written)
		if err != nil || value < least || value > most {
			short := strings.NewReplacer("h0m0s", "h", "m0s", "m")
			wrong(key, "%q; expected a time from %s to %s, such as %s", written, short.Replace(least.String()), short.Replace(most.String()), usual)
		}
		return value
	}
	if p.Schedule == "" {
		p.Schedule = "@every 1h"
	}
	var err error
	if p.Rounds, err = cron.ParseStandard(p.Schedule); err != nil {
		wrong("schedule", "%q; expected five fields such as \"10 7 * * *\", or @every 1h", p.Schedule)
	}
	p.Budget.Again = duration("again_after", p.AgainAfter, "3h", 10*time.Minute, 72*time.Hour)
	p.slow = duration("slow", p.Slow, "15s", time.Second, 5*time.Minute)
	days, perHost := 7, 5000
	if p.Days != nil {
		days = *p.Days
	}
	if days < 1 || days > 90 {
		wrong("days", "%d; expected a number from 1 to 90", days)
	}
	p.Budget.Every = time.Duration(days) * 24 * time.Hour
	if p.PerHost != nil {
		perHost = *p.PerHost
	}
	if perHost < 1 {
		wrong("per_host", "%d; expected a number above 0", perHost)
	}
	p.Budget.PerHost = perHost
	for i, written := range p.Reachable {
		if !strings.Contains(written, "://") {
			written = "https://" + written
		}
		address, err := url.Parse(written)
		if err != nil || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" {
			wrong("reachable", "%q; expected a host such as www.example.gov.cn, or an address such as http://www.example.gov.cn/", p.Reachable[i])
			continue
		}
		p.Reachable[i] = written
	}
	return problems
}

// slowFiles is how many times longer a file may take than a page.
const slowFiles = 4

// PatrolPolicy says how the addresses of a source's records are visited: as its network says, but once each, and no longer than a page may take.
func (c *Config) PatrolPolicy(source string, file bool) fetch.Policy {
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
