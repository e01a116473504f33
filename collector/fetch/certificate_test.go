package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/collector/online"
)

// issued is a certificate with its key.
type issued struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// issue makes a certificate; a nil issuer: one that is signed by itself. change may be nil.
func issue(t *testing.T, name string, issuer *issued, change func(*x509.Certificate)) *issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, BasicConstraintsValid: true, IsCA: true,
	}
	if change != nil {
		change(template)
	}
	signer := &issued{template, key}
	if issuer != nil {
		signer = issuer
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer.certificate, &key.PublicKey, signer.key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &issued{certificate, key}
}

func inPEM(certificate *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
}

// secured is a server with a certificate and those that it sends besides.
func secured(t *testing.T, leaf *issued, besides ...*issued) *httptest.Server {
	t.Helper()
	chain := [][]byte{leaf.certificate.Raw}
	for _, each := range besides {
		chain = append(chain, each.certificate.Raw)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: chain, PrivateKey: leaf.key}}}
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func TestCertificates(t *testing.T) {
	der := map[string][]byte{}
	asked := map[string]int{}
	publisher := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if body, ok := der[r.URL.Path]; ok {
			_, _ = w.Write(body)
			return
		}
		http.NotFound(w, r)
	})
	root := issue(t, "Example Root", nil, nil)
	between := issue(t, "Example Issuing CA", root, nil)
	below := issue(t, "Example Issuing CA 2", between, func(c *x509.Certificate) { c.IssuingCertificateURL = []string{publisher.URL + "/between.cer"} })
	der["/between.cer"], der["/below.cer"], der["/text.cer"] = between.certificate.Raw, inPEM(below.certificate), []byte("<html>")
	file := filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(file, inPEM(root.certificate), 0o600); err != nil {
		t.Fatal(err)
	}
	site := func(issuer *issued, at string, change func(*x509.Certificate)) *issued {
		return issue(t, "www.example.gov.cn", issuer, func(c *x509.Certificate) {
			c.IsCA, c.IPAddresses = false, []net.IP{net.IPv4(127, 0, 0, 1)}
			if at != "" {
				c.IssuingCertificateURL = []string{publisher.URL + at}
			}
			if change != nil {
				change(c)
			}
		})
	}
	expired := func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-24 * time.Hour) }
	elsewhere := func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"a.example.gov.cn"} }
	for _, test := range []struct {
		name   string
		server *httptest.Server
		file   string
		want   []string // parts of the error; none: the page comes
	}{
		{"whole chain", secured(t, site(between, "", nil), between), file, nil},
		{"one certificate is missing", secured(t, site(between, "/between.cer", nil)), file, nil},
		{"two certificates are missing", secured(t, site(below, "/below.cer", nil)), file, nil},
		{"the root is not trusted", secured(t, site(between, "", nil), between, root), "", []string{"its issuer is not trusted", "name its certificate in network.ca_file"}},
		{"missing, and nobody says where it is", secured(t, site(between, "", nil)), file, []string{"the server does not send its issuer's certificate (the certificate does not say where that is)", "network.ca_file"}},
		{"missing, and not where it should be", secured(t, site(between, "/gone.cer", nil)), file, []string{"/gone.cer: the server answers 404 Not Found"}},
		{"missing, and no certificate is there", secured(t, site(between, "/text.cer", nil)), file, []string{"it holds no certificate in PEM"}},
		{"expired", secured(t, site(between, "", expired), between), file, []string{"it has expired"}},
		{"of another name", secured(t, site(between, "", elsewhere), between), file, []string{"it is for a.example.gov.cn"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			fetcher, clock := loopback(t, nil)
			network := fetcher.For("source", Policy{AllowPrivate: true, CAFile: test.file}) // robots.txt is asked first
			answer, err := network.Fetch(t.Context(), online.Request{URL: test.server.URL})
			if test.want == nil {
				if err != nil || string(answer.Body) != "HTTP/2.0" {
					t.Errorf("%q, %v", answer.Body, err)
				}
				return
			}
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.HasPrefix(err.Error(), "fetch: certificate of 127.0.0.1 (www.example.gov.cn, issued by Example Issuing CA, ") {
				t.Errorf("the certificate is not named first: %v", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%v; want %q in it", err, part)
				}
			}
			if len(clock.slept) > 0 {
				t.Errorf("asked again after %v, though that does not pass", clock.slept)
			}
		})
	}
	fetcher, _ := loopback(t, nil)
	before := asked["/between.cer"]
	server := secured(t, site(between, "/between.cer", nil))
	for range 2 {
		if _, err := fetcher.For("source", Policy{AllowPrivate: true, CAFile: file}).Fetch(t.Context(), online.Request{URL: server.URL}); err != nil {
			t.Error(err)
		}
		fetcher.Close()
	}
	if count := asked["/between.cer"] - before; count != 1 {
		t.Errorf("the issuer's certificate was fetched %d times", count)
	}
}

func TestCertificatesOfAFileThatHoldsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(file, []byte("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fetcher, _ := loopback(t, nil)
	for _, path := range []string{file, file + ".none"} {
		_, err := fetcher.For("source", Policy{AllowPrivate: true, IgnoreRobots: true, CAFile: path}).Fetch(t.Context(), online.Request{URL: "https://127.0.0.1:1/"})
		if err == nil || !strings.Contains(err.Error(), "network.ca_file: ") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
