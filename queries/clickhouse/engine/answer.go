package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// awaitAnswer asks the child until it answers, with its version: an engine that could not listen or open its directory may end, or live on, without a word.
func (e *Engine) awaitAnswer(ctx context.Context, child *child) (version string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, e.options.StartTimeout, fmt.Errorf("no answer within %s", e.options.StartTimeout))
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		version, last := e.ask(ctx, client)
		if last == nil {
			return version, nil
		}
		select {
		case <-child.ended:
			return "", child.failure()
		case <-ctx.Done():
			return "", errors.Join(context.Cause(ctx), last)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// ask sends one query as the application's user.
func (e *Engine) ask(ctx context.Context, client *http.Client) (version string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+e.http.address()+"/?query=SELECT+version()", nil)
	if err != nil {
		return "", err
	}
	request.Header.Set(tokenHeader, e.secrets.token)
	request.SetBasicAuth(userName, e.secrets.password)
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 4096))
	if err != nil {
		return "", err
	}
	version = strings.TrimSpace(string(body))
	if response.StatusCode != http.StatusOK || version == "" {
		return "", fmt.Errorf("status %d: %s", response.StatusCode, version)
	}
	return version, nil
}
