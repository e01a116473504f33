package fetch

import (
	"strings"
	"time"
)

// Policy says how one source asks for pages; the zero value of each has a default. Rate and concurrency are limits of the host: of several
// sources that ask the same one, the strictest counts.
type Policy struct {
	UserAgent     string        // who asks; also the name that robots.txt may mention
	RatePerSecond float64       // requests a second to one host; default 2
	Concurrency   int           // requests to one host at a time; default 2
	Timeout       time.Duration // of one request with its body; default 30 s
	MaxBody       int64         // bytes of one body, unpacked; default 20 MiB
	Retries       int           // how often what passes is tried again; default 3, below 0: never
	IgnoreRobots  bool          // do not ask robots.txt
	Afresh        bool          // a robots.txt that could not be read is asked for again at once, not after a minute
	AllowPrivate  bool          // private, loopback and link-local addresses may be asked
	AllowHosts    []string      // hosts that a page may redirect to, beside its own
	CAFile        string        // certificates that are trusted beside those of the machine; empty: none
}

func (p Policy) withDefaults() Policy {
	if p.UserAgent == "" {
		p.UserAgent = "Yangguang/1.0 (disclosure statistics)"
	}
	if p.RatePerSecond == 0 {
		p.RatePerSecond = 2
	}
	if p.Concurrency == 0 {
		p.Concurrency = 2
	}
	if p.Timeout == 0 {
		p.Timeout = 30 * time.Second
	}
	if p.MaxBody == 0 {
		p.MaxBody = 20 << 20
	}
	if p.Retries == 0 {
		p.Retries = 3
	}
	return p
}

// RobotsName is the name by which robots.txt may mention a user agent: its first word, without a version.
func RobotsName(userAgent string) string {
	name, _, _ := strings.Cut(userAgent, "/")
	if words := strings.Fields(name); len(words) > 0 {
		return words[0]
	}
	return ""
}

// interval is the time from the beginning of one request to that of the next.
func (p Policy) interval() time.Duration {
	return time.Duration(float64(time.Second) / p.RatePerSecond)
}
