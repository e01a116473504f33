package fetch

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Some servers send more than their Content-Length says: it was counted in characters, or before a filter. Without what comes behind it the page
// would end in its midst, and nobody would know. What begins like an answer is none of the page, and no answer to another request either.

const (
	surplusBegins = 20 * time.Millisecond  // after a body's end, in which more may come
	surplusPauses = 500 * time.Millisecond // within what comes
	mostSurplus   = 16 << 20               // bytes
	mostHeader    = 64 << 10               // bytes
)

// tallying is a connection of HTTP/1 that keeps what follows the end of a body apart. It is not used for another request then.
type tallying struct {
	net.Conn

	mutex   sync.Mutex // guards the following; a body and the header after it may be read by different goroutines
	stage   stage
	header  []byte
	left    int64 // of the body
	surplus []byte
}

type stage int

const (
	inHeader stage = iota
	inBody         // of known length
	inOther        // of which the end shows itself
	atEnd
)

// Write begins a request, or goes on with one.
func (t *tallying) Write(data []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.surplus) > 0 {
		return 0, net.ErrClosed
	}
	if t.stage == atEnd || t.stage == inOther {
		t.stage, t.header = inHeader, nil
	}
	return t.Conn.Write(data)
}

// Read reads up to the end of a body, and takes what follows it aside.
func (t *tallying) Read(into []byte) (int, error) {
	for {
		read, err := t.Conn.Read(into)
		passed := t.tally(into[:read])
		if passed > 0 || read == 0 || err != nil {
			return passed, err
		}
	}
}

// tally says how many of the bytes belong to an answer.
func (t *tallying) tally(data []byte) (passed int) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for passed < len(data) {
		switch t.stage {
		case inHeader:
			passed += t.takeHeader(data[passed:])
		case inBody:
			taken := min(t.left, int64(len(data)-passed))
			t.left -= taken
			passed += int(taken)
		case inOther:
			return len(data)
		case atEnd:
			t.keep(data[passed:])
			return passed
		}
		if t.stage == inBody && t.left == 0 {
			t.stage = atEnd
			t.keep(data[passed:])
			t.drain()
			return passed
		}
	}
	return passed
}

// takeHeader reads on in a header and says how many of the bytes belong to it.
func (t *tallying) takeHeader(data []byte) int {
	before := len(t.header)
	t.header = append(t.header, data...)
	end := endOf(t.header)
	if end < 0 {
		if len(t.header) > mostHeader {
			t.stage = inOther
		}
		return len(data)
	}
	t.stage, t.left = bodyOf(string(t.header[:end]))
	t.header = nil
	return max(0, end-before)
}

// endOf is where a header ends; below 0, it goes on.
func endOf(header []byte) int {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if at := bytes.Index(header, []byte(end)); at >= 0 {
			return at + len(end)
		}
	}
	return -1
}

// bodyOf says what follows a header.
func bodyOf(header string) (stage, int64) {
	lines := strings.Split(header, "\n")
	fields := strings.Fields(lines[0])
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/1.") {
		return inOther, 0
	}
	status, err := strconv.Atoi(fields[1])
	switch {
	case err != nil, status == http.StatusSwitchingProtocols:
		return inOther, 0
	case status < http.StatusOK:
		return inHeader, 0
	case status != http.StatusOK: // of no interest
		return inOther, 0
	}
	length := int64(-1)
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "transfer-encoding":
			return inOther, 0
		case "content-length":
			if length, err = strconv.ParseInt(strings.TrimSpace(value), 10, 64); err != nil || length <= 0 {
				return inOther, 0
			}
		}
	}
	if length < 0 {
		return inOther, 0
	}
	return inBody, length
}

func (t *tallying) keep(data []byte) {
	t.surplus = append(t.surplus, data[:min(len(data), mostSurplus-len(t.surplus))]...)
}

// drain waits a moment for what may follow a body.
func (t *tallying) drain() {
	wait := surplusBegins
	if len(t.surplus) > 0 {
		wait = surplusPauses
	}
	piece := make([]byte, 32<<10)
	for len(t.surplus) < mostSurplus {
		if t.SetReadDeadline(time.Now().Add(wait)) != nil {
			return
		}
		read, err := t.Conn.Read(piece)
		t.keep(piece[:read])
		if err != nil {
			break
		}
		wait = surplusPauses
	}
	if len(t.surplus) > 0 {
		_ = t.Close() // nothing can follow what had no end
		return
	}
	_ = t.SetReadDeadline(time.Time{}) // of a connection that has failed, reading says it again
}

// behind reads what followed a body once that has been read to its end.
func (t *tallying) behind() io.Reader { return &behind{conn: t} }

type behind struct {
	conn *tallying
	at   int
}

func (b *behind) Read(into []byte) (int, error) {
	b.conn.mutex.Lock()
	defer b.conn.mutex.Unlock()
	if b.at >= len(b.conn.surplus) || bytes.HasPrefix(b.conn.surplus, []byte("HTTP/1.")) {
		return 0, io.EOF
	}
	read := copy(into, b.conn.surplus[b.at:])
	b.at += read
	return read, nil
}
