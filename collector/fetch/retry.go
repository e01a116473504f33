package fetch

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/collector/online"
)

// longestWait is the longest time that is waited before asking again.
const longestWait = 2 * time.Minute

// waitBefore says whether an error may pass, and how long to wait before asking again: what the server asks for, or else
// twice as long each time with up to half of it left to chance.
func (n *network) waitBefore(attempt int, request online.Request, err error) (wait time.Duration, again bool) {
	if attempt >= n.policy.Retries || request.Method != http.MethodGet && !request.Reads {
		return 0, false
	}
	var refused *RefusedError
	var certificate *certificateError
	if errors.As(err, &refused) || errors.As(err, &certificate) {
		return 0, false
	}
	if status, answered := online.StatusOf(err); answered && !slices.Contains(passing(), status) {
		return 0, false
	}
	var busy *busyError
	if errors.As(err, &busy) && busy.wait > 0 {
		return busy.wait, busy.wait <= longestWait
	}
	backoff := min(time.Second<<min(attempt, 7), longestWait)
	return backoff/2 + rand.N(backoff/2), true
}

// passing are the statuses that may be others the next time.
func passing() []int {
	return []int{
		http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout,
	}
}

// retryAfter is how long a server asks to wait, in seconds or until a time; 0 where it does not say.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	seconds, err := strconv.ParseUint(text, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, 1<<31)) * time.Second
	}
	if until, err := http.ParseTime(text); err == nil {
		return max(0, until.Sub(now))
	}
	return 0
}
