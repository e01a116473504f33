package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
)

// answerError is an answer that says that a request failed.
type answerError struct {
	Code    int
	Message string
}

func (e *answerError) Error() string {
	advice, known := map[int]string{
		-1:    "the platform is busy",
		40001: "the access token is not valid, or the AppSecret is not the account's",
		40002: "the kind of access token asked for is not allowed",
		40013: "the app_id is not that of an account",
		40014: "the access token is not valid",
		40125: "the AppSecret is not the account's; it may have been reset",
		40164: "this machine's address is not in the account's list of allowed addresses (IP白名单)",
		41001: "no access token was sent",
		41002: "no app_id was sent",
		41004: "no AppSecret was sent",
		42001: "the access token has expired",
		43104: "the account is not allowed to call this",
		45009: "the account's quota of calls for today is used up; the next collection after midnight continues",
		45011: "calls come too fast",
		48001: "the account has no right to call this; it must be a verified account with the right to publish",
		48004: "the account is forbidden to call this",
		50002: "the account is frozen or logged out",
		89503: "a call from this address must be confirmed by the account's administrator",
	}[e.Code]
	if !known {
		advice = "see the platform's list of return codes"
	}
	return fmt.Sprintf("errcode %d: %s (%s)", e.Code, e.Message, advice)
}

// isToken reports whether a new token may help.
func (e *answerError) isToken() bool {
	switch e.Code {
	case 40001, 40014, 41001, 42001:
		return true
	}
	return false
}

// isBusy reports whether waiting a little may help.
func (e *answerError) isBusy() bool {
	return e.Code == -1 || e.Code == 45011
}

// decode reads an answer into a value, unless the answer says that the request failed.
func decode(body []byte, into any) error {
	var head struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return fmt.Errorf("the answer is not the platform's JSON: %w; it begins %q", err, body[:min(len(body), 60)])
	}
	if head.Code != 0 {
		return &answerError{Code: head.Code, Message: head.Message}
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("the answer is not what the platform's documentation says: %w", err)
	}
	return nil
}

// codeOf is the error code of an answer.
func codeOf(err error) (*answerError, bool) {
	var failed *answerError
	ok := errors.As(err, &failed)
	return failed, ok
}
