package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// certificateError says what is wrong with a server's certificate, and which one that is.
type certificateError struct {
	host        string
	certificate *x509.Certificate
	missing     error // why an issuer's certificate could not be had; nil: that is not what is wrong
	cause       error
}

func (e *certificateError) Error() string {
	c := e.certificate
	return fmt.Sprintf("certificate of %s (%s, issued by %s, %s to %s): %s", e.host, nameIn(c.Subject.CommonName, c.Subject.String()),
		nameIn(c.Issuer.CommonName, c.Issuer.String()), c.NotBefore.Format(time.DateOnly), c.NotAfter.Format(time.DateOnly), e.reason())
}

func (e *certificateError) Unwrap() error { return e.cause }

func nameIn(common, whole string) string {
	if common != "" {
		return common
	}
	if whole == "" {
		return "without a name"
	}
	return whole
}

// reason says what is wrong and what would be right.
func (e *certificateError) reason() string {
	var invalid x509.CertificateInvalidError
	var hostname x509.HostnameError
	switch {
	case errors.As(e.cause, &invalid) && invalid.Reason == x509.Expired && time.Now().Before(e.certificate.NotBefore):
		return "it is not valid yet; look at this machine's clock"
	case errors.As(e.cause, &invalid) && invalid.Reason == x509.Expired && time.Now().After(e.certificate.NotAfter):
		return "it has expired; ask the site's operator to renew it"
	case errors.As(e.cause, &hostname):
		names := append(append([]string(nil), e.certificate.DNSNames...), addressesOf(e.certificate)...)
		return fmt.Sprintf("it is for %s; ask the site under that name, or its operator for a certificate of this one", strings.Join(names, ", "))
	case e.missing != nil:
		return fmt.Sprintf("the server does not send its issuer's certificate (%v); ask the site's operator to install the whole chain, or name that certificate in network.ca_file", e.missing)
	}
	return fmt.Sprintf("its issuer is not trusted (%v); if it is the right one, name its certificate in network.ca_file", e.cause)
}

func addressesOf(certificate *x509.Certificate) (texts []string) {
	for _, address := range certificate.IPAddresses {
		texts = append(texts, address.String())
	}
	return texts
}

// dialTLS connects and looks at the certificate. Whoever speaks HTTP/2 is spoken to in it.
func (d *dialing) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	plain, err := d.dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	secured := tls.Client(plain, &tls.Config{
		ServerName: host, NextProtos: []string{"h2", "http/1.1"},
		InsecureSkipVerify: true, // verify looks at it, and says more
		VerifyConnection:   func(state tls.ConnectionState) error { return d.verify(within, host, state.PeerCertificates) },
	})
	if err := secured.HandshakeContext(within); err != nil {
		_ = plain.Close() // the error says why
		return nil, err
	}
	if secured.ConnectionState().NegotiatedProtocol == "h2" {
		return secured, nil
	}
	return &tallying{Conn: secured}, nil
}

// handshakeTimeout bounds a handshake together with fetching the certificates that the server does not send.
const handshakeTimeout = 20 * time.Second

// verify looks at a server's certificate as usual; issuers' certificates that the server has left out are fetched from where it says they are.
func (d *dialing) verify(ctx context.Context, host string, sent []*x509.Certificate) error {
	if len(sent) == 0 {
		return errors.New("the server has no certificate")
	}
	known := append([]*x509.Certificate(nil), sent[1:]...)
	for fetched := 0; ; fetched++ {
		between := x509.NewCertPool()
		for _, certificate := range known {
			between.AddCert(certificate)
		}
		_, err := sent[0].Verify(x509.VerifyOptions{DNSName: host, Roots: d.roots, Intermediates: between})
		if err == nil {
			return nil
		}
		var unknown x509.UnknownAuthorityError
		failed := &certificateError{host: host, certificate: sent[0], cause: err}
		if !errors.As(err, &unknown) {
			return failed
		}
		last := lastOf(sent[0], known)
		if isSelfSigned(last) || fetched == mostIssuers {
			return failed
		}
		issuer, err := d.issuer(ctx, last)
		if err != nil {
			failed.missing = err
			return failed
		}
		known = append(known, issuer)
	}
}

// lastOf is the certificate whose issuer is not among the known ones.
func lastOf(certificate *x509.Certificate, known []*x509.Certificate) *x509.Certificate {
	for range known {
		found := false
		for _, issuer := range known {
			if !isSelfSigned(certificate) && certificate.CheckSignatureFrom(issuer) == nil {
				certificate, found = issuer, true
				break
			}
		}
		if !found {
			break
		}
	}
	return certificate
}

func isSelfSigned(certificate *x509.Certificate) bool {
	return string(certificate.RawIssuer) == string(certificate.RawSubject)
}
