package channel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// patience is how long a channel may take for one message.
const patience = 30 * time.Second

// client follows no redirects, which could send a message twice or elsewhere, and uses no connection again, so that a request is never repeated.
var client = &http.Client{
	Timeout:       patience,
	Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// exchange asks a channel over HTTP: a nil body by GET. What is known not to have been taken is a *RefusedError. No error holds the address, which is secret.
func exchange(ctx context.Context, address string, header map[string]string, body any) ([]byte, error) {
	method, content := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		method = http.MethodPost
		if content, err = json.Marshal(body); err != nil {
			return nil, &RefusedError{err}
		}
	}
	var begun atomic.Bool // something of the request has been written
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { begun.Store(true) }})
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		return nil, &RefusedError{errors.New("the address is none; expected one that begins with https://")}
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer, err := client.Do(request)
	if err != nil {
		var told *url.Error
		if errors.As(err, &told) {
			err = told.Err
		}
		if !begun.Load() {
			return nil, &RefusedError{err}
		}
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	status := fmt.Errorf("it answered %s", answer.Status)
	switch {
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return text, err
	case answer.StatusCode >= 500 && answer.StatusCode != http.StatusServiceUnavailable || answer.StatusCode == http.StatusRequestTimeout:
		return nil, status // what stands between may have passed it on
	}
	return nil, &RefusedError{status}
}

// accepted reads the answer of WeCom and DingTalk, who say in it whether they have taken a message.
func accepted(answer []byte, err error) error {
	if err != nil {
		return err
	}
	var said struct {
		Code    *int   `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || said.Code == nil {
		return errors.New("its answer has no errcode")
	}
	if *said.Code != 0 {
		return &RefusedError{fmt.Errorf("it refused: %d %s", *said.Code, Shortened(said.Message, 200))}
	}
	return nil
}
