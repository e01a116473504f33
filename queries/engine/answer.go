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

// awaitAnswer asks the child until it answers: an engine that could not listen or open its directory may end, or live on, without a word.
func (e *Engine) awaitAnswer(ctx context.Context, child *child) error {
	ctx, cancel := context.WithTimeoutCause(ctx, e.options.StartTimeout, fmt.Errorf("no answer within %s", e.options.StartTimeout))
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var last error
	for {
		if last = e.ask(ctx, client); last == nil {
			return nil
		}
		select {
		case <-child.ended:
			return child.failure()
		case <-ctx.Done():
			return errors.Join(context.Cause(ctx), last)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// ask sends one query as the application's user.
func (e *Engine) ask(ctx context.Context, client *http.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+e.http.address()+"/?query=SELECT+1", nil)
	if err != nil {
		return err
	}
	request.Header.Set(tokenHeader, e.secrets.token)
	request.SetBasicAuth(userName, e.secrets.password)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 4096))
	if err != nil {
		return err
	}
	if text := strings.TrimSpace(string(body)); response.StatusCode != http.StatusOK || text != "1" {
		return fmt.Errorf("status %d: %s", response.StatusCode, text)
	}
	return nil
}
