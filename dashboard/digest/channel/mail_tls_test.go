package channel

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

// certificate is one for this machine, and who trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(signed)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}, roots
}

// secureServer is a mail server with STARTTLS, or with TLS from the first byte. It lets y@yangguang.example in by the password geheim and takes mail over
// TLS only; lines is what it was told, encrypted lines with a mark before.
func secureServer(t *testing.T, certificate tls.Certificate, implicit, offers bool) (address string, lines func() []string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	done, told := make(chan struct{}), []string{}
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { conn.Close() }()
		mark := ""
		if implicit {
			conn, mark = tls.Server(conn, config), "TLS "
		}
		reader := textproto.NewReader(bufio.NewReader(conn))
		say := func(text string) { fmt.Fprint(conn, text+"\r\n") }
		say("220 stand-in")
		for {
			line, err := reader.ReadLine()
			if err != nil {
				return
			}
			told = append(told, mark+line)
			switch command, rest, _ := strings.Cut(line, " "); {
			case command == "EHLO" && mark == "" && offers:
				say("250-stand-in\r\n250 STARTTLS")
			case command == "EHLO" && mark == "":
				say("250 stand-in")
			case command == "EHLO":
				say("250-stand-in\r\n250 AUTH PLAIN")
			case command == "STARTTLS":
				say("220 go on")
				conn, mark = tls.Server(conn, config), "TLS "
				reader = textproto.NewReader(bufio.NewReader(conn))
			case command == "AUTH":
				decoded, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
				if string(decoded) != "\x00y@yangguang.example\x00geheim" || mark == "" {
					say("535 no")
					return
				}
				say("235 welcome")
			case command == "DATA" && mark != "":
				say("354 go on")
				content, err := io.ReadAll(reader.DotReader())
				if err != nil {
					return
				}
				told = append(told, string(content))
				say("250 taken")
			case command == "QUIT":
				say("221 bye")
				return
			case mark == "":
				say("530 TLS first")
			default:
				say("250 fine")
			}
		}
	}()
	return listener.Addr().String(), func() []string { listener.Close(); <-done; return told }
}

// Mail goes out over TLS only, by STARTTLS or from the first byte, to a server that is who it says; else it is known not to have been taken.
func TestMailOverTLS(t *testing.T) {
	own, roots := certificate(t)
	_, others := certificate(t)
	for _, c := range []struct {
		name             string
		implicit, offers bool
		roots            *x509.CertPool
		password         string
		sent             bool
	}{
		{"STARTTLS", false, true, roots, "geheim", true},
		{"implicit", true, false, roots, "geheim", true},
		{"STARTTLS is not offered", false, false, roots, "geheim", false},
		{"STARTTLS with a certificate that nobody vouches for", false, true, others, "geheim", false},
		{"implicit with a certificate that nobody vouches for", true, false, others, "geheim", false},
		{"a wrong password", false, true, roots, "falsch", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, lines := secureServer(t, own, c.implicit, c.offers)
			err := Mail{
				Server: address, From: "阳光 <y@yangguang.example>", User: "y@yangguang.example", Password: told(c.password), Implicit: c.implicit,
				To: []string{"a@yangguang.example", "b@yangguang.example"}, roots: c.roots,
			}.Send(t.Context(), sample())
			var refused *RefusedError
			if c.sent != (err == nil) || err != nil && !errors.As(err, &refused) {
				t.Fatal(err)
			}
			said := lines()
			for _, line := range said {
				if strings.HasPrefix(line, "AUTH") || strings.HasPrefix(line, "MAIL") || strings.HasPrefix(line, "DATA") {
					t.Errorf("not encrypted: %s", line)
				}
			}
			if whole := strings.Join(said, "\n"); c.sent != strings.Contains(whole, "Content-Type: text/plain; charset=utf-8") || c.sent != strings.Contains(whole, "TLS RCPT TO:<b@yangguang.example>") {
				t.Errorf("the server was told %s", whole)
			}
		})
	}
}
