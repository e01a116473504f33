package fetch

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"yangguang/collector/online"
)

func deflated(t *testing.T, text string, writer func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var into bytes.Buffer
	packer := writer(&into)
	if _, err := io.WriteString(packer, text); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return into.Bytes()
}

func TestBodiesArePackedAsTheyAreAndNotAsTheySay(t *testing.T) {
	page := "<ul>" + strings.Repeat("<li>2026年第三季度公示</li>", 400) + "</ul>"
	bare := func(into io.Writer) io.WriteCloser {
		packer, err := flate.NewWriter(into, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		return packer
	}
	wrapped := func(into io.Writer) io.WriteCloser { return zlib.NewWriter(into) }
	for name, test := range map[string]struct {
		coding string
		body   []byte
	}{
		"deflate as zlib":               {"deflate", deflated(t, page, wrapped)},
		"deflate, bare":                 {"deflate", deflated(t, page, bare)},
		"deflate that is gzip":          {"deflate", packed(t, page)},
		"deflate that is text":          {"deflate", []byte(page)},
		"gzip that is text":             {"gzip", []byte(page)},
		"gzip that does not say so":     {"", packed(t, page)},
		"gzip twice":                    {"gzip, gzip", packed(t, string(packed(t, page)))},
		"gzip twice that says it once":  {"gzip", packed(t, string(packed(t, page)))},
		"gzip in two members":           {"gzip", append(packed(t, page[:3000]), packed(t, page[3000:])...)},
		"gzip with something behind it": {"gzip", append(packed(t, page), "\r\n<!-- x -->"...)},
		"a charset instead of a coding": {"UTF-8", []byte(page)},
	} {
		t.Run(name, func(t *testing.T) {
			url, network, _ := local(t, Policy{IgnoreRobots: true, Retries: -1}, func(w http.ResponseWriter, _ *http.Request) {
				if test.coding != "" {
					w.Header().Set("Content-Encoding", test.coding)
				}
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write(test.body)
			})
			answer, err := network.Fetch(t.Context(), online.Request{URL: url})
			if err != nil || string(answer.Body) != page {
				t.Errorf("%d bytes of %d, %v", len(answer.Body), len(page), err)
			}
		})
	}
}

// TestBodiesLongerThanTheySay serves pages whose length was counted in characters.
func TestBodiesLongerThanTheySay(t *testing.T) {
	long := "<ul>" + strings.Repeat("<li>公示</li>", 5000) + "</ul>"
	for name, page := range map[string]string{"short": "<ul><li>二〇二六年第三季度公示</li></ul>", "long": long} {
		for _, closing := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, closing %t", name, closing), func(t *testing.T) {
				listener, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				served := make(chan struct{})
				go func() {
					defer close(served)
					for {
						connection, err := listener.Accept()
						if err != nil {
							return
						}
						_, _ = connection.Read(make([]byte, 4096))
						fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len([]rune(page)), page)
						if !closing {
							_, _ = connection.Read(make([]byte, 1)) // nothing more is asked over this connection
						}
						connection.Close()
					}
				}()
				defer func() {
					listener.Close()
					<-served
				}()
				fetcher, _ := loopback(t, nil)
				network := fetcher.For("source", Policy{IgnoreRobots: true, AllowPrivate: true})
				for range 2 {
					answer, err := network.Fetch(t.Context(), online.Request{URL: "http://" + listener.Addr().String()})
					if err != nil || string(answer.Body) != page {
						t.Errorf("%d bytes of %d, %v", len(answer.Body), len(page), err)
					}
				}
			})
		}
	}
}

// FuzzTally feeds a connection in pieces: what is passed on and what is set aside are all that came, in order.
func FuzzTally(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 1\n\nab",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n", "\r\n\r\n", "HTTP/1.1 200\r\nContent-Length: -1\r\n\r\nx",
	} {
		f.Add([]byte(seed), 5)
	}
	f.Fuzz(func(t *testing.T, answer []byte, piece int) {
		client, server := net.Pipe()
		server.Close()
		defer client.Close()
		conn := &tallying{Conn: client}
		var passed []byte
		for rest := answer; len(rest) > 0; {
			part := rest[:min(len(rest), max(piece, 1))]
			passed = append(passed, part[:conn.tally(part)]...)
			rest = rest[len(part):]
		}
		if got := append(passed, conn.surplus...); !bytes.Equal(got, answer) {
			t.Errorf("%q became %q", answer, got)
		}
	})
}
