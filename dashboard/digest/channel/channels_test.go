package channel

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

func told(secret string) Secret { return func() (string, error) { return secret, nil } }

func sample() Message {
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	return Message{
		ID: "digest-2026-11-23-00", Reader: "镇", Subject: "【阳光】孟庙镇", Lines: []string{"新增逾期 2 项", "<b>逾期</b>未公开共 3 项"},
		Links: []Link{{"逾期清单", "https://yangguang.example/lapsed?within=1&x=2"}}, Sheet: []byte("\ufeff单位\r\n孟庙镇\r\n"), File: "逾期.csv",
		Changes: Changes{Before: State{at, at}, Now: State{at, at}, Lapsed: 3, New: 2},
	}
}

// asked is what a stand-in was asked.
type asked struct {
	address, body string
	header        http.Header
}

// standIn answers with the texts in turn, the last for ever; 0 breaks the connection.
func standIn(t *testing.T, status int, answers ...string) (string, *[]asked) {
	t.Helper()
	var all []asked
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		all = append(all, asked{r.URL.String(), string(content), r.Header})
		if status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answers[min(len(all), len(answers))-1])
	}))
	t.Cleanup(server.Close)
	return server.URL, &all
}

func TestChannelsOverHTTP(t *testing.T) {
	const fine = `{"errcode":0,"errmsg":"ok"}`
	address, got := standIn(t, 200, fine)
	if err := (WeComRobot{told(address + "/send?key=secret")}).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	var text struct {
		Kind string `json:"msgtype"`
		Text struct{ Content string }
		To   string `json:"touser"`
		Once int    `json:"enable_duplicate_check"`
	}
	want := "【阳光】孟庙镇\n新增逾期 2 项\n<b>逾期</b>未公开共 3 项\n逾期清单 https://yangguang.example/lapsed?within=1&x=2"
	if err := json.Unmarshal([]byte((*got)[0].body), &text); err != nil || text.Kind != "text" || text.Text.Content != want || (*got)[0].address != "/send?key=secret" {
		t.Errorf("WeCom's robot: %v %+v", err, *got)
	}
	address, got = standIn(t, 200, fine)
	if err := (DingTalkRobot{told(address + "/send?access_token=x"), told("SEC")}).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if asked := (*got)[0].address; !strings.Contains(asked, "&timestamp=") || !strings.Contains(asked, "&sign=") {
		t.Errorf("DingTalk: %s", asked)
	}
	address, got = standIn(t, 200, `{"errcode":0,"access_token":"T"}`, fine)
	if err := (WeComApplication{address, "corp", 7, told("s"), []string{"a", "b"}}).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte((*got)[1].body), &text); err != nil || text.To != "a|b" || text.Once != 1 || (*got)[1].address != "/cgi-bin/message/send?access_token=T" {
		t.Errorf("WeCom's application: %v %+v", err, *got)
	}
	address, got = standIn(t, 204, "")
	if err := (Webhook{told(address), told("token")}).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	var body posted
	if err := json.Unmarshal([]byte((*got)[0].body), &body); err != nil || body.ID != "digest-2026-11-23-00" || *body.Lapsed != 3 || *body.New != 2 ||
		(*got)[0].header.Get("Idempotency-Key") != body.ID || (*got)[0].header.Get("Authorization") != "Bearer token" {
		t.Errorf("webhook: %v %+v", err, *got)
	}
}

// What a channel says no to is tried again; where it is open whether it took the message it is not. No error holds the address.
func TestFailuresOverHTTP(t *testing.T) {
	for _, c := range []struct {
		status  int
		answer  string
		refused bool
	}{
		{200, `{"errcode":93000,"errmsg":"invalid webhook url"}`, true},
		{403, "", true},
		{503, "", true},
		{429, "", true},
		{302, "", true},
		{500, "", false},
		{504, "", false},
		{200, "<html>", false},
		{0, "", false},
	} {
		address, got := standIn(t, c.status, c.answer)
		err := WeComRobot{told(address + "/?key=geheim")}.Send(t.Context(), sample())
		var refused *RefusedError
		if err == nil || errors.As(err, &refused) != c.refused || strings.Contains(err.Error(), "geheim") || len(*got) != 1 {
			t.Errorf("%d %s: %v, asked %d times", c.status, c.answer, err, len(*got))
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + listener.Addr().String() + "/?key=geheim"
	listener.Close()
	var refused *RefusedError
	if err := (WeComRobot{told(nobody)}).Send(t.Context(), sample()); !errors.As(err, &refused) || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody listens: %v", err)
	}
}

// mailServer takes one mail, and answers as it is told to what ends it; an empty answer hangs up.
func mailServer(t *testing.T, answer string) (address string, taken <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	mails := make(chan string, 1)
	go func() {
		defer close(mails)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		lines := textproto.NewReader(bufio.NewReader(conn))
		fmt.Fprint(conn, "220 stand-in\r\n")
		for {
			line, err := lines.ReadLine()
			if err != nil {
				return
			}
			if !strings.HasPrefix(line, "DATA") {
				fmt.Fprint(conn, "250 fine\r\n")
				continue
			}
			fmt.Fprint(conn, "354 go on\r\n")
			content, err := io.ReadAll(lines.DotReader())
			if err != nil {
				return
			}
			mails <- string(content)
			if answer == "" {
				return
			}
			fmt.Fprint(conn, answer+"\r\n")
		}
	}()
	return listener.Addr().String(), mails
}

func TestMail(t *testing.T) {
	server, taken := mailServer(t, "250 taken")
	if err := (Mail{Server: server, From: "阳光 <y@yangguang.example>", Plain: true, To: []string{"a@yangguang.example"}}).Send(t.Context(), sample()); err != nil {
		t.Fatal(err)
	}
	message, err := mail.ReadMessage(strings.NewReader(<-taken))
	if err != nil {
		t.Fatal(err)
	}
	if id := message.Header.Get("Message-ID"); id != "<digest-2026-11-23-00@yangguang.example>" {
		t.Errorf("Message-ID %s", id)
	}
	parts := map[string]string{}
	var read func(kind string, body io.Reader)
	read = func(kind string, body io.Reader) {
		_, parameters, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		for reader := multipart.NewReader(body, parameters["boundary"]); ; {
			part, err := reader.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			kind := part.Header.Get("Content-Type")
			if strings.HasPrefix(kind, "multipart/") {
				read(kind, part)
				continue
			}
			var decoded io.Reader = quotedprintable.NewReader(part)
			if part.Header.Get("Content-Transfer-Encoding") == "base64" {
				decoded = base64.NewDecoder(base64.StdEncoding, part)
			}
			content, err := io.ReadAll(decoded)
			if err != nil {
				t.Fatal(err)
			}
			name, _, _ := strings.Cut(kind, ";")
			parts[name] = string(content)
		}
	}
	read(message.Header.Get("Content-Type"), message.Body)
	if !strings.Contains(parts["text/plain"], "新增逾期 2 项") || !strings.Contains(parts["text/html"], "&lt;b&gt;逾期") || parts["text/csv"] != "\ufeff单位\r\n孟庙镇\r\n" ||
		!strings.Contains(parts["text/html"], `href="https://yangguang.example/lapsed?within=1&amp;x=2"`) {
		t.Errorf("%q", parts)
	}
	for answer, certain := range map[string]bool{"554 no": true, "": false} {
		server, _ := mailServer(t, answer)
		var refused *RefusedError
		err := Mail{Server: server, From: "y@yangguang.example", Plain: true, To: []string{"a@yangguang.example"}}.Send(t.Context(), sample())
		if err == nil || errors.As(err, &refused) != certain {
			t.Errorf("%q: %v", answer, err)
		}
	}
}
