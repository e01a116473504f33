package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"yangguang/collector/online"
)

// busyError is a status with which a server says how long to wait.
type busyError struct {
	status string
	wait   time.Duration
}

func (e *busyError) Error() string {
	if e.wait > 0 {
		return fmt.Sprintf("the server answers %s and asks to wait %s", e.status, e.wait.Round(time.Second))
	}
	return "the server answers " + e.status
}

func statusError(response *http.Response, now time.Time) error {
	return &online.StatusError{Status: response.StatusCode, Cause: &busyError{response.Status, retryAfter(response.Header, now)}}
}

// busy is an answer of a server that asked to wait for longer than a collection does. The collections that follow do not ask before either.
type busy struct {
	status int
	text   string
	until  time.Time
}

// longestBusy is the longest time that a source does not ask because a server said so, perhaps by mistake.
const longestBusy = 24 * time.Hour

// note remembers an error with which the host has asked a source to wait long.
func (h *host) note(source string, err error, now time.Time) {
	var asked *busyError
	status, _ := online.StatusOf(err)
	if slices.Contains(passing(), status) && errors.As(err, &asked) && asked.wait > longestWait {
		h.mutex.Lock()
		defer h.mutex.Unlock()
		h.busy[source] = busy{status, asked.status, now.Add(min(asked.wait, longestBusy))}
	}
}

// isBusy is the error with which the host has asked the source to wait until later than now.
func (h *host) isBusy(source string, now time.Time) error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	asked, found := h.busy[source]
	if !found || !now.Before(asked.until) {
		delete(h.busy, source)
		return nil
	}
	return &online.StatusError{Status: asked.status, Cause: &busyError{asked.text, asked.until.Sub(now)}}
}
