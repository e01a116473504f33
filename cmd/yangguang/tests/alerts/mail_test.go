package alerts

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// takeMail stands where Alertmanager believes its mail server to be, takes one message and gives it.
func takeMail(t *testing.T, listener net.Listener) <-chan string {
	t.Helper()
	taken := make(chan string, 1)
	go func() {
		defer close(taken)
		conn, err := listener.Accept()
		if err != nil {
			return // the test has ended
		}
		defer conn.Close()
		lines := textproto.NewReader(bufio.NewReader(conn))
		fmt.Fprint(conn, "220 stand-in\r\n")
		for {
			line, err := lines.ReadLine()
			if err != nil {
				return
			}
			switch command, _, _ := strings.Cut(strings.ToUpper(line), " "); command {
			case "EHLO", "HELO":
				fmt.Fprint(conn, "250 stand-in\r\n")
			case "DATA":
				fmt.Fprint(conn, "354 go on\r\n")
				content, err := io.ReadAll(lines.DotReader())
				if err != nil {
					return
				}
				fmt.Fprint(conn, "250 taken\r\n")
				taken <- string(content)
				return
			default:
				fmt.Fprint(conn, "250 fine\r\n")
			}
		}
	}()
	return taken
}

// mailed lets Alertmanager send a mail by the configuration that users have, on a working day, and gives it.
func mailed(t *testing.T, alert postedAlert) (sent string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	taken := takeMail(t, listener)
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../../../deploy/alertmanager")); err != nil {
		t.Fatal(err)
	}
	configuration := filepath.Join(directory, "alertmanager.yml")
	filetest.Change(t, configuration, func(text string) string {
		var lines []string
		for line := range strings.Lines(holiday.Replace(strings.NewReplacer("mail.example:587", listener.Addr().String()+"\n  smtp_require_tls: false", "group_wait: 1m ", "group_wait: 1s ", "${wecom_secret}", "x").Replace(text))) {
			if !strings.HasPrefix(line, "  smtp_auth_") {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "")
	})
	address := programtest.FreeAddress(t)
	programtest.Background(t, "prometheus-alertmanager", "--config.file="+configuration, "--storage.path="+filepath.Join(directory, "notified"), "--web.listen-address="+address,
		"--cluster.listen-address=")
	programtest.WaitUntil(t, "Alertmanager is ready", func() bool {
		time.Sleep(20 * time.Millisecond)
		status, _ := programtest.Get(t, "http://"+address+"/-/ready")
		return status == http.StatusOK
	})
	post(t, "http://"+address, []postedAlert{alert})
	select {
	case sent = <-taken:
	case <-time.After(programtest.Patience):
		t.Fatal("no mail was sent")
	}
	return sent
}

// TestMailToContact: the contact of a unit is written to at his address.
func TestMailToContact(t *testing.T) {
	t.Parallel()
	sent := mailed(t, postedAlert{Labels: map[string]string{
		"alertname": "DisclosureLapsed", "audience": "unit", "tier": "town", "town": "t", "unit": "t", "item": "i", "town_mail": "dangjian@yangguang.example",
	}})
	message, err := mail.ReadMessage(strings.NewReader(sent))
	if err != nil || message.Header.Get("To") != "dangjian@yangguang.example" {
		t.Errorf("%v: the mail goes to %q:\n%s", err, message.Header.Get("To"), sent)
	}
}

// TestMailHasATextPart reads a mail to the operators.
func TestMailHasATextPart(t *testing.T) {
	t.Parallel()
	sent := mailed(t, postedAlert{
		Labels:      map[string]string{"alertname": "DisclosureSourceFailing", "audience": "operators", "source": "台账"},
		Annotations: map[string]string{"summary": "来源“台账”采集失败", "page_url": "https://yangguang.example/sources", "runbook_url": "https://yangguang.example/help/alerts#disclosuresourcefailing"},
	})
	message, err := mail.ReadMessage(strings.NewReader(sent))
	if err != nil {
		t.Fatalf("%v:\n%s", err, sent)
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for reader := multipart.NewReader(message.Body, parameters["boundary"]); ; {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	want := "【阳光运维】\nhttps://yangguang.example/sources\n\n来源“台账”采集失败\nhttps://yangguang.example/sources\n处置：https://yangguang.example/help/alerts#disclosuresourcefailing\n"
	if strings.TrimSpace(parts["text/plain"]) != strings.TrimSpace(want) {
		t.Errorf("the text says\n%q\nwant\n%q", parts["text/plain"], want)
	}
	if !strings.Contains(parts["text/html"], "来源“台账”采集失败") {
		t.Errorf("the HTML says\n%s", parts["text/html"])
	}
}
