package clickhouse

import (
	"context"
	"net/http"
	"time"
)

// idleOverHTTP is shorter than any server keeps an idle connection: one that the server just closed would look like a broken answer.
const idleOverHTTP = 2 * time.Second

// readingKey marks the context of a statement that changes nothing.
type readingKey struct{}

// reading marks ctx so that over HTTP a query ends when its caller gives up: ClickHouse looks after the connection of read-only queries only.
func reading(ctx context.Context, statement string) context.Context {
	if !OnlyReads(statement) {
		return ctx
	}
	return context.WithValue(ctx, readingKey{}, true)
}

// readingTransport asks ClickHouse to run marked statements read-only (2: settings may still be set).
type readingTransport struct{ *http.Transport }

// newTransport is clickhouse.Options.TransportFunc; idle is how long an unused connection is kept.
func newTransport(idle time.Duration) func(*http.Transport) (http.RoundTripper, error) {
	return func(transport *http.Transport) (http.RoundTripper, error) {
		transport.IdleConnTimeout = idle
		return readingTransport{transport}, nil
	}
}

// RoundTrip sends a request.
func (t readingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Context().Value(readingKey{}) != nil {
		request = request.Clone(request.Context())
		settings := "readonly=2&cancel_http_readonly_queries_on_client_close=1"
		if request.URL.RawQuery != "" {
			settings = request.URL.RawQuery + "&" + settings
		}
		request.URL.RawQuery = settings
	}
	return t.roundTrip(request)
}
