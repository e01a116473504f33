package clickhouse

import (
	"context"
	"io"
	"net/http"
	"strconv"
)

// RawBody is the answer to a statement over HTTP, in ClickHouse's Native format, taken before clickhouse-go reads it. That keeps the connections,
// but hands values over one by one only, which takes longer than a long answer itself. Over the native protocol nothing is taken.
type RawBody struct {
	Statement     string
	io.ReadCloser // nil: nothing was taken
}

// RawRevision is the protocol version in which a taken body is written (client_protocol_version): the last one before columns may come in
// serializations of their own.
const RawRevision = 54453

type rawBodyKey struct{}

// WithRawBody marks ctx so that the answer to the statement is taken.
func WithRawBody(ctx context.Context, body *RawBody) context.Context {
	return context.WithValue(ctx, rawBodyKey{}, body)
}

// roundTrip sends a request. Of one whose answer is to be taken clickhouse-go sees an empty answer, and ClickHouse's error if there is one.
func (t readingTransport) roundTrip(request *http.Request) (*http.Response, error) {
	taken, _ := request.Context().Value(rawBodyKey{}).(*RawBody)
	if taken == nil || !taken.isFor(request) {
		return t.Transport.RoundTrip(request)
	}
	request = request.Clone(request.Context())
	query := request.URL.Query()
	query.Set("client_protocol_version", strconv.Itoa(RawRevision))
	query.Del("compress") // it takes longer than the way between two processes, and an error in the midst would be compressed
	request.URL.RawQuery = query.Encode()
	response, err := t.Transport.RoundTrip(request)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	taken.ReadCloser = response.Body
	response.Body, response.ContentLength = http.NoBody, 0
	return response, nil
}

// isFor tells the statement from what clickhouse-go asks over a new connection.
func (b *RawBody) isFor(request *http.Request) bool {
	if request.GetBody == nil {
		return false
	}
	body, err := request.GetBody()
	if err != nil {
		return false
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	return err == nil && string(text) == b.Statement
}
