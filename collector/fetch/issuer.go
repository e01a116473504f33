package fetch

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"
)

const (
	mostIssuers       = 3        // certificates that are fetched for one connection
	issuerLimit       = 64 << 10 // bytes of one
	issuerTimeout     = 5 * time.Second
	issuersRemembered = 200
)

// issuers are certificates that servers have left out, by where they were fetched from.
type issuers struct {
	mutex sync.Mutex
	known map[string]*x509.Certificate
}

// issuer fetches the certificate of whoever has issued one, from where that says it is (Authority Information Access, RFC 5280 §4.2.2.1).
func (d *dialing) issuer(ctx context.Context, certificate *x509.Certificate) (*x509.Certificate, error) {
	problem := errors.New("the certificate does not say where that is")
	for _, address := range certificate.IssuingCertificateURL {
		issuer, err := d.issuerAt(ctx, address)
		if err == nil {
			return issuer, nil
		}
		problem = fmt.Errorf("fetch it from %s: %w", address, err)
	}
	return nil, problem
}

func (d *dialing) issuerAt(ctx context.Context, address string) (*x509.Certificate, error) {
	d.issuers.mutex.Lock()
	known := d.issuers.known[address]
	d.issuers.mutex.Unlock()
	if known != nil {
		return known, nil
	}
	if parsed, err := url.Parse(address); err != nil || parsed.Scheme != "http" || parsed.Host == "" {
		return nil, errors.New("it is not an http address")
	}
	ctx, cancel := context.WithTimeout(ctx, issuerTimeout)
	defer cancel()
	asking, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := d.plain.Do(asking)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, issuerLimit))
	if err != nil {
		return nil, err
	}
	certificates, err := readCertificates(body)
	if err != nil {
		return nil, err
	}
	d.issuers.mutex.Lock()
	defer d.issuers.mutex.Unlock()
	if len(d.issuers.known) < issuersRemembered {
		d.issuers.known[address] = certificates[0]
	}
	return certificates[0], nil
}

// readCertificates reads certificates in PEM or DER.
func readCertificates(content []byte) (certificates []*x509.Certificate, err error) {
	for rest := content; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("read certificate: %w", err)
		}
		certificates = append(certificates, certificate)
	}
	if len(certificates) > 0 {
		return certificates, nil
	}
	if certificates, err = x509.ParseCertificates(content); err != nil || len(certificates) == 0 {
		return nil, errors.New("it holds no certificate in PEM (-----BEGIN CERTIFICATE-----) or DER")
	}
	return certificates, nil
}

// Roots are the certificates that this machine trusts, and those in a file.
func Roots(file string) (*x509.CertPool, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read certificates: %w", err)
	}
	certificates, err := readCertificates(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("read this machine's certificates: %w", err)
	}
	for _, certificate := range certificates {
		roots.AddCert(certificate)
	}
	return roots, nil
}
