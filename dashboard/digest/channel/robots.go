package channel

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/digests"
)

// Secret reads a secret when it is needed, so that a new one needs no restart.
type Secret func() (string, error)

// How many bytes channels take.
const (
	weComTextBytes    = 2048
	dingTalkTextBytes = 20000
)

// textBody is a text as WeCom and DingTalk take it.
func textBody(text string) map[string]any {
	return map[string]any{"msgtype": "text", "text": map[string]string{"content": text}}
}

// WeComRobot is a robot of a WeCom group (群机器人). Address is its webhook with its key.
type WeComRobot struct{ Address Secret }

// Preview is Channel's.
func (c WeComRobot) Preview(m Message) string { return m.Plain(weComTextBytes) }

// Send is Channel's.
func (c WeComRobot) Send(ctx context.Context, m Message) error {
	address, err := c.Address()
	if err != nil {
		return &RefusedError{err}
	}
	return accepted(exchange(ctx, address, nil, textBody(c.Preview(m))))
}

// DingTalkRobot is a robot of a DingTalk group. Address is its webhook with its token, Signing its signing secret; nil: it does not sign.
type DingTalkRobot struct{ Address, Signing Secret }

// Preview is Channel's.
func (c DingTalkRobot) Preview(m Message) string { return m.Plain(dingTalkTextBytes) }

// Send is Channel's.
func (c DingTalkRobot) Send(ctx context.Context, m Message) error {
	address, err := c.Address()
	if err != nil {
		return &RefusedError{err}
	}
	if c.Signing != nil {
		secret, err := c.Signing()
		if err != nil {
			return &RefusedError{err}
		}
		address += signed(address, secret, time.Now())
	}
	return accepted(exchange(ctx, address, nil, textBody(c.Preview(m))))
}

// signed is what is added to the address of a robot that signs.
func signed(address, secret string, now time.Time) string {
	at := strconv.FormatInt(now.UnixMilli(), 10)
	code := hmac.New(sha256.New, []byte(secret))
	code.Write([]byte(at + "\n" + secret))
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return separator + "timestamp=" + at + "&sign=" + url.QueryEscape(base64.StdEncoding.EncodeToString(code.Sum(nil)))
}

// WeComApplication is an application of WeCom (自建应用).
type WeComApplication struct {
	Base      string // address of WeCom's interface, without a slash at its end
	Corporate string // corp_id
	Agent     int    // agent_id
	Secret    Secret
	To        []string // user ids; "@all": everybody whom the application reaches
}

// Preview is Channel's.
func (c WeComApplication) Preview(m Message) string { return m.Plain(weComTextBytes) }

// Send is Channel's. WeCom is asked to leave out the same text if it comes twice within four hours.
func (c WeComApplication) Send(ctx context.Context, m Message) error {
	secret, err := c.Secret()
	if err != nil {
		return &RefusedError{err}
	}
	query := url.Values{"corpid": {c.Corporate}, "corpsecret": {secret}}
	answer, err := exchange(ctx, c.Base+"/cgi-bin/gettoken?"+query.Encode(), nil, nil)
	if err := accepted(answer, err); err != nil {
		return &RefusedError{fmt.Errorf("ask WeCom for a token: %w", err)}
	}
	var given struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(answer, &given); err != nil || given.Token == "" {
		return &RefusedError{errors.New("WeCom gave no token")}
	}
	body := textBody(c.Preview(m))
	body["touser"], body["agentid"] = strings.Join(c.To, "|"), c.Agent
	body["enable_duplicate_check"], body["duplicate_check_interval"] = 1, 4*60*60
	answer, err = exchange(ctx, c.Base+"/cgi-bin/message/send?"+url.Values{"access_token": {given.Token}}.Encode(), nil, body)
	if err := accepted(answer, err); err != nil {
		return err
	}
	var missed struct {
		Users string `json:"invaliduser"`
	}
	if err := json.Unmarshal(answer, &missed); err == nil && missed.Users != "" && len(strings.Split(missed.Users, "|")) >= len(c.To) {
		return &RefusedError{fmt.Errorf("WeCom knows none of the users %s", strings.Join(c.To, ", "))}
	}
	return nil
}

// Webhook takes JSON. Token is sent as a bearer token; nil: none.
type Webhook struct{ Address, Token Secret }

// webhookBytes bounds the text of a JSON message.
const webhookBytes = 20000

// posted is what a webhook is given.
type posted struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"` // digests or reminders
	Reader  string       `json:"reader"`
	Subject string       `json:"subject"`
	Text    string       `json:"text"`
	Links   []postedLink `json:"links"`
	AsOf    string       `json:"as_of"`
	KnownAt time.Time    `json:"known_at"`
	Since   *string      `json:"since"` // null: the first digest
	Lapsed  *uint64      `json:"lapsed"`
	New     *uint64      `json:"newly_lapsed"`
	Mended  *uint64      `json:"mended"`
	Due     *uint64      `json:"due"`

	Unverified uint64   `json:"unverified"`
	NotCurrent []string `json:"sources_not_current"`

	Steps []postedStep `json:"steps,omitempty"` // of a reminder
}

// postedStep is an obligation that is reminded of.
type postedStep struct {
	UnitID string `json:"unit_id"`
	Unit   string `json:"unit"`
	ItemID string `json:"item_id"`
	Item   string `json:"item"`
	Period string `json:"period"`
	DueOn  string `json:"due_on"` // or the day after which it lapsed
	Rung   int16  `json:"rung"`   // working days before it is due, below 0, or after
	Number uint32 `json:"obligations"`
}

// mostSteps is how many steps a webhook is given at most; the text counts all.
const mostSteps = 500

type postedLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// Preview is Channel's.
func (c Webhook) Preview(m Message) string { return m.Plain(webhookBytes) }

// Send is Channel's. The header Idempotency-Key lets a receiver recognise a message that comes again.
func (c Webhook) Send(ctx context.Context, m Message) error {
	address, err := c.Address()
	if err != nil {
		return &RefusedError{err}
	}
	header := map[string]string{"Idempotency-Key": m.ID}
	if c.Token != nil {
		token, err := c.Token()
		if err != nil {
			return &RefusedError{err}
		}
		header["Authorization"] = "Bearer " + token
	}
	_, err = exchange(ctx, address, header, JSONOf(m, c.Preview(m)))
	return err
}

// JSONOf is a message for a program. What is not known, since something is unverified or a source not current, and
// changes of a first digest are null, not 0.
func JSONOf(m Message, text string) posted {
	changes := m.Changes
	if m.Kind == digests.Reminders {
		return remindedJSON(m, text)
	}
	body := posted{
		ID: m.ID, Kind: m.Kind, Reader: m.Reader, Subject: m.Subject, Text: text, AsOf: changes.Now.AsOf.Format(time.DateOnly), KnownAt: changes.Now.KnownAt.UTC(),
		Unverified: changes.Unverified, NotCurrent: append([]string{}, changes.Failing...), Links: m.postedLinks(),
	}
	certain := changes.Unverified == 0 && len(changes.Failing) == 0
	known := func(count uint64) *uint64 {
		if count == 0 && !certain {
			return nil
		}
		return &count
	}
	body.Lapsed, body.Due = known(changes.Lapsed), known(changes.Due)
	if !changes.First {
		since := changes.Before.AsOf.Format(time.DateOnly)
		body.Since, body.New, body.Mended = &since, known(changes.New), known(changes.Mended)
	}
	return body
}

// remindedJSON is a reminder for a program.
func remindedJSON(m Message, text string) posted {
	body := posted{
		ID: m.ID, Kind: m.Kind, Reader: m.Reader, Subject: m.Subject, Text: text, AsOf: m.Remind.Now.AsOf.Format(time.DateOnly), KnownAt: m.Remind.Now.KnownAt.UTC(),
		Unverified: m.Remind.Unverified, NotCurrent: append([]string{}, m.Remind.Failing...), Links: m.postedLinks(),
	}
	for _, step := range m.Remind.Steps[:min(len(m.Remind.Steps), mostSteps)] {
		body.Steps = append(body.Steps, postedStep{
			step.UnitID, step.Unit, step.ItemID, step.Item, step.Named.Period, step.DueOn.Format(time.DateOnly), step.Rung, step.Obligations,
		})
	}
	return body
}

func (m Message) postedLinks() []postedLink {
	links := []postedLink{}
	for _, link := range m.Links {
		links = append(links, postedLink(link))
	}
	return links
}
