package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"yangguang/collector/online"
)

// session is the token of one collection. It is used by one goroutine.
type session struct {
	source *Source
	secret string
	token  string
}

// renew asks for an access token: the stable way, which leaves the tokens of the account's other programs alone, or the classic
// one. force makes the platform give another one than before.
func (s *session) renew(ctx context.Context, force bool) error {
	config := s.source.config
	request := online.Request{Reads: true, Method: http.MethodGet, Header: http.Header{}, URL: config.Base + "/cgi-bin/token?" + url.Values{
		"grant_type": {"client_credential"}, "appid": {config.AppID}, "secret": {s.secret},
	}.Encode()}
	if config.Token == "stable" {
		body, err := json.Marshal(map[string]any{
			"grant_type": "client_credential", "appid": config.AppID, "secret": s.secret, "force_refresh": force,
		})
		if err != nil {
			return fmt.Errorf("ask for an access token: %w", err)
		}
		request.Method, request.URL, request.Body = http.MethodPost, config.Base+"/cgi-bin/stable_token", body
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.source.network.Fetch(ctx, request)
	if err != nil {
		return fmt.Errorf("ask for an access token: %w", err)
	}
	var given struct {
		Token string `json:"access_token"`
	}
	if err := decode(answer.Body, &given); err != nil {
		return fmt.Errorf("ask for an access token: %w", err)
	}
	if given.Token == "" {
		return errors.New("ask for an access token: the answer has no access_token")
	}
	s.token = given.Token
	return nil
}

// patience is how often a busy platform is asked again, each time after twice the wait.
const patience = 4

// ask calls the interface with a token that is valid: one that has expired is renewed, once a call.
func (s *session) ask(ctx context.Context, path string, body []byte) (read page, bytes int64, err error) {
	renewed := false
	wait := s.source.wait
	for try := 0; ; try++ {
		if s.token == "" {
			if err := s.renew(ctx, renewed); err != nil {
				return page{}, bytes, err
			}
		}
		answer, err := s.source.network.Fetch(ctx, online.Request{
			Method: http.MethodPost, URL: s.source.config.Base + path + "?access_token=" + url.QueryEscape(s.token), Reads: true,
			Header: http.Header{"Content-Type": {"application/json"}}, Body: body,
		})
		if err != nil {
			return page{}, bytes, err
		}
		bytes += answer.Bytes
		read, err := parse(answer.Body)
		failed, is := codeOf(err)
		switch {
		case is && failed.isToken() && !renewed:
			renewed, s.token = true, ""
		case is && failed.isBusy() && try < patience:
			if err := online.Pause(ctx, wait); err != nil {
				return page{}, bytes, err
			}
			wait *= 2
		default:
			return read, bytes, err
		}
	}
}
