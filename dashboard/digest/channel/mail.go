package channel

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
)

// Mail is an account of a mail server, and who gets its messages.
type Mail struct {
	Server   string // host:port
	From     string // address, with or without a name
	User     string // empty: it asks for none
	Password Secret // nil: likewise
	Plain    bool   // without TLS: a server on this machine or in a network of its own
	Implicit bool   // TLS from the first byte, as at port 465; else by STARTTLS
	To       []string

	roots *x509.CertPool // who vouches for the server; nil: whom the machine trusts
}

// secure is how the connection to a host is encrypted.
func (c Mail) secure(host string) *tls.Config {
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: c.roots}
}

// Preview is Channel's.
func (c Mail) Preview(m Message) string { return m.Plain(1 << 20) }

// Send is Channel's. Until the server was given the whole mail it is known not to have been taken.
func (c Mail) Send(ctx context.Context, m Message) error {
	content, err := c.compose(m, time.Now())
	if err != nil {
		return &RefusedError{err}
	}
	given := false
	if err := c.hand(ctx, content, &given); err != nil {
		var answer *textproto.Error // the server's own word
		if !given || errors.As(err, &answer) {
			return &RefusedError{err}
		}
		return err
	}
	return nil
}

// hand gives a mail to the server; given is set as soon as it may have been taken.
func (c Mail) hand(ctx context.Context, content []byte, given *bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	host, _, err := net.SplitHostPort(c.Server)
	if err != nil {
		return err
	}
	var conn net.Conn
	if c.Implicit {
		conn, err = (&tls.Dialer{Config: c.secure(host)}).DialContext(ctx, "tcp", c.Server)
	} else {
		conn, err = new(net.Dialer).DialContext(ctx, "tcp", c.Server)
	}
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if deadline, limited := ctx.Deadline(); limited {
		if err := conn.SetDeadline(deadline); err != nil {
			return err
		}
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	if err := c.greet(client, host); err != nil {
		return err
	}
	from, err := mail.ParseAddress(c.From)
	if err == nil {
		err = client.Mail(from.Address)
	}
	for i := 0; err == nil && i < len(c.To); i++ {
		err = client.Rcpt(c.To[i])
	}
	if err != nil {
		return err
	}
	body, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := body.Write(content); err != nil {
		return err
	}
	*given = true
	if err := body.Close(); err != nil {
		return err
	}
	_ = client.Quit() // it has been taken
	return nil
}

// greet begins TLS, unless it has begun or is not wanted, and signs in.
func (c Mail) greet(client *smtp.Client, host string) error {
	if !c.Plain && !c.Implicit {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return errors.New("the mail server offers no STARTTLS; say plain: true if that is meant")
		}
		if err := client.StartTLS(c.secure(host)); err != nil {
			return err
		}
	}
	if c.User == "" || c.Password == nil {
		return nil
	}
	password, err := c.Password()
	if err != nil {
		return err
	}
	return client.Auth(smtp.PlainAuth("", c.User, password, host))
}

// page is the HTML of a mail.
var page = template.Must(template.New("mail").Parse(`<!DOCTYPE html>
<html><head><meta charset="utf-8"></head><body>
<h3>{{.Subject}}</h3>
{{range .Lines}}<p>{{.}}</p>
{{end}}<ul>{{range .Links}}<li><a href="{{.URL}}">{{.Text}}</a></li>
{{end}}</ul></body></html>
`))

// compose writes a mail with its parts of text and HTML, and the sheet if there is one.
func (c Mail) compose(m Message, now time.Time) ([]byte, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	var html bytes.Buffer
	if err := page.Execute(&html, m); err != nil {
		return nil, err
	}
	var both, whole bytes.Buffer
	alternatives := multipart.NewWriter(&both)
	for _, part := range []struct{ kind, text string }{{"text/plain", c.Preview(m) + "\n"}, {"text/html", html.String()}} {
		w, err := alternatives.CreatePart(textproto.MIMEHeader{"Content-Type": {part.kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
		if err != nil {
			return nil, err
		}
		encoded := quotedprintable.NewWriter(w)
		if _, err := io.WriteString(encoded, part.text); err != nil {
			return nil, err
		}
		if err := encoded.Close(); err != nil {
			return nil, err
		}
	}
	if err := alternatives.Close(); err != nil {
		return nil, err
	}
	mixed := multipart.NewWriter(&whole)
	_, domain, _ := strings.Cut(from.Address, "@")
	for _, header := range [][2]string{
		{"From", from.String()},
		{"To", strings.Join(c.To, ", ")},
		{"Subject", mime.BEncoding.Encode("utf-8", m.Subject)},
		{"Date", now.Format(time.RFC1123Z)},
		{"Message-ID", "<" + m.ID + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", `multipart/mixed; boundary="` + mixed.Boundary() + `"`},
	} {
		fmt.Fprintf(&whole, "%s: %s\r\n", header[0], header[1])
	}
	whole.WriteString("\r\n")
	w, err := mixed.CreatePart(textproto.MIMEHeader{"Content-Type": {`multipart/alternative; boundary="` + alternatives.Boundary() + `"`}})
	if err == nil {
		_, err = w.Write(both.Bytes())
	}
	if err == nil && m.Sheet != nil {
		err = attach(mixed, m)
	}
	if err == nil {
		err = mixed.Close()
	}
	if err != nil {
		return nil, err
	}
	return whole.Bytes(), nil
}

// attach adds the sheet.
func attach(mixed *multipart.Writer, m Message) error {
	w, err := mixed.CreatePart(textproto.MIMEHeader{
		"Content-Type": {"text/csv; charset=utf-8"}, "Content-Transfer-Encoding": {"base64"},
		"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": m.File})},
	})
	if err != nil {
		return err
	}
	encoded := base64.StdEncoding.EncodeToString(m.Sheet)
	for len(encoded) > 0 {
		line := encoded[:min(76, len(encoded))]
		if _, err := io.WriteString(w, line+"\r\n"); err != nil {
			return err
		}
		encoded = encoded[len(line):]
	}
	return nil
}
