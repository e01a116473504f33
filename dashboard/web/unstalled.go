package web

import (
	"net/http"
	"time"
)

// unstalled gives up a reader who takes nothing of an answer for so long: an export may take its time, but holds memory and its place in the
// database while nobody reads it.
func unstalled(stall time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writer := &unstalledWriter{ResponseWriter: w, control: http.NewResponseController(w), stall: stall}
		writer.until(time.Time{}) // the connection's answer before this one has ended
		next.ServeHTTP(writer, r)
		writer.until(time.Now().Add(stall)) // what is left in buffers
	})
}

// unstalledWriter puts the end of patience off with every write.
type unstalledWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

func (u *unstalledWriter) until(instant time.Time) {
	_ = u.control.SetWriteDeadline(instant) // what is not a connection has no deadlines
}

func (u *unstalledWriter) Write(content []byte) (int, error) {
	u.until(time.Now().Add(u.stall))
	return u.ResponseWriter.Write(content)
}

// Unwrap lets http.ResponseController reach the connection.
func (u *unstalledWriter) Unwrap() http.ResponseWriter { return u.ResponseWriter }
