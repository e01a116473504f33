package config

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/online"
	"yangguang/dashboard/digest"
	"yangguang/dashboard/digest/channel"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// Digest says who is sent what has changed, and how (key digest).
type Digest struct {
	From    string      `yaml:"from"` // time of day, in the configured zone; 08:30 without it
	To      string      `yaml:"to"`   // likewise, 20:00
	WeCom   weComConfig `yaml:"wecom"`
	Mail    mailConfig  `yaml:"mail"`
	Readers []Reader    `yaml:"readers"`

	Ladder   map[digest.Role][]int `yaml:"ladder"`   // working days before (below 0) and after the due day; digest.DefaultLadder without it
	Contacts bool                  `yaml:"contacts"` // units are reminded by the addresses in the column contact

	Hours          digest.Hours                     `yaml:"-"`
	Recipients     []digest.Reader                  `yaml:"-"`
	Reminders      digest.Ladder                    `yaml:"-"` // nil: nobody is reminded
	ContactChannel func(model.Unit) channel.Channel `yaml:"-"` // nil: contacts are not written to
}

// weComConfig is an application of WeCom.
type weComConfig struct {
	URL       string         `yaml:"url"`
	Corporate string         `yaml:"corp_id"`
	Agent     int            `yaml:"agent_id"`
	Secret    *online.Secret `yaml:"secret"`
}

// mailConfig is an account of a mail server.
type mailConfig struct {
	Server   string         `yaml:"server"`
	From     string         `yaml:"from"`
	User     string         `yaml:"user"`
	Password *online.Secret `yaml:"password"`
	Plain    bool           `yaml:"plain"`
	TLS      string         `yaml:"tls"` // starttls or implicit; without it implicit at port 465
}

// Reader is one reader with his one channel.
type Reader struct {
	Name     string `yaml:"name"`
	Within   string `yaml:"within"`
	Role     string `yaml:"role"`   // of reminders; empty: none
	Digest   *bool  `yaml:"digest"` // false: no digests
	Daily    bool   `yaml:"daily"`
	Language string `yaml:"language"`
	Sheet    bool   `yaml:"sheet"`

	WeComRobot *robotConfig   `yaml:"wecom_robot"`
	DingTalk   *robotConfig   `yaml:"dingtalk"`
	Webhook    *webhookConfig `yaml:"webhook"`
	WeCom      *toConfig      `yaml:"wecom"`
	Mail       *toConfig      `yaml:"mail"`

	line int
}

type robotConfig struct {
	Address *online.Secret `yaml:"address"`
	Sign    *online.Secret `yaml:"sign"`
}

type webhookConfig struct {
	Address *online.Secret `yaml:"address"`
	Token   *online.Secret `yaml:"token"`
}

type toConfig struct {
	To []string `yaml:"to"`
}

// UnmarshalYAML is yaml's; it notes the line.
func (r *Reader) UnmarshalYAML(node *yaml.Node) error {
	type plain Reader
	if err := online.KnownKeys[plain]("digest.readers", node); err != nil {
		return err
	}
	if err := node.Decode((*plain)(r)); err != nil {
		return err
	}
	r.line = node.Line
	return nil
}

// complete checks the section and makes the readers of it; problems name file, line and field.
func (d *Digest) complete(c *Config) (problems []error) {
	if len(d.Readers) == 0 {
		return nil
	}
	wrong := func(line int, format string, values ...any) {
		place := c.File + ": "
		if line > 0 {
			place += fmt.Sprintf("line %d: ", line)
		}
		problems = append(problems, fmt.Errorf(place+format, values...))
	}
	for _, hour := range []struct {
		key, text string
		value     *time.Duration
	}{{"from", cmp.Or(d.From, "08:30"), &d.Hours.From}, {"to", cmp.Or(d.To, "20:00"), &d.Hours.To}} {
		at, err := time.Parse("15:04", hour.text)
		if err != nil {
			wrong(0, "digest.%s: %q is no time of day; expected one written 08:30", hour.key, hour.text)
		}
		*hour.value = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	}
	if d.Hours.From >= d.Hours.To && len(problems) == 0 {
		wrong(0, "digest.to: %q does not come after digest.from", cmp.Or(d.To, "20:00"))
	}
	if address, err := url.Parse(c.ExternalURL); err != nil || address.Host == "" || len(c.ExternalURL) > 200 {
		wrong(0, "digest: messages lead to the pages, so external_url must say where readers open them, such as https://yangguang.example")
	}
	known := map[string]bool{}
	for _, r := range d.Readers {
		said := func(format string, values ...any) { wrong(r.line, "digest.readers: "+format, values...) }
		if r.Name == "" || known[r.Name] {
			said("name: %q; expected a name that no other reader has", r.Name)
		}
		known[r.Name] = true
		if r.Language != "" && !slices.Contains(language.Languages(), r.Language) {
			said("language: %q is unknown; expected zh or en", r.Language)
		}
		if r.Sheet && r.Mail == nil {
			said("sheet: only mails have attachments; the others lead to the sheet by a link")
		}
		if r.Role != "" && !slices.Contains(digest.Roles(), digest.Role(r.Role)) {
			said("role: %q is unknown; expected one of unit, town, district, leadership, operators", r.Role)
		}
		if strings.HasPrefix(r.Name, digest.ContactName) {
			said("name: %q begins as contacts do; choose another", r.Name)
		}
		silent := r.Digest != nil && !*r.Digest
		if silent && r.Role == "" {
			said("%s gets neither digests nor reminders; leave out digest: false, or name a role", r.Name)
		}
		d.Recipients = append(d.Recipients, digest.Reader{
			Name: r.Name, Within: r.Within, Role: digest.Role(r.Role), Silent: silent, Daily: r.Daily, Language: cmp.Or(r.Language, c.Language), Sheet: r.Sheet, Channel: d.channel(c, r, said),
		})
	}
	d.completeLadder(c, wrong)
	return problems
}

// completeLadder checks the ladder of reminders, if anybody is reminded.
func (d *Digest) completeLadder(c *Config, wrong func(int, string, ...any)) {
	reminded, last := d.Contacts, false
	for _, r := range d.Recipients {
		reminded = reminded || r.Role != ""
		last = last || r.Within == "" && (r.Role == digest.RoleDistrict || r.Role == digest.RoleOperators)
	}
	if !reminded {
		if d.Ladder != nil {
			wrong(0, "digest.ladder: nobody is reminded; give readers a role, or say contacts: true")
		}
		return
	}
	if !last {
		wrong(0, "digest.readers: a reminder could reach nobody; expected a reader without within whose role is district or operators")
	}
	if d.Reminders = d.Ladder; d.Reminders == nil {
		d.Reminders = digest.DefaultLadder()
	}
	for role, rungs := range d.Reminders {
		if !slices.Contains(digest.Roles(), role) || role == digest.RoleOperators {
			wrong(0, "digest.ladder: %q is unknown; expected unit, town, district or leadership", role)
		}
		for _, rung := range rungs {
			if rung == 0 || rung < -digest.MostAhead || rung > digest.MostAfter {
				wrong(0, "digest.ladder.%s: %d; expected working days from -%d (before it is due) to %d (after), without 0", role, rung, digest.MostAhead, digest.MostAfter)
			}
		}
	}
	if !d.Contacts {
		return
	}
	if d.Mail.Server == "" && d.WeCom.URL == "" {
		wrong(0, "digest.contacts: contacts are written to by digest.mail or digest.wecom; neither is there")
		return
	}
	d.ContactChannel = func(unit model.Unit) channel.Channel {
		address := channel.AddressOf(unit.Contact)
		said := func(string, ...any) {} // checked here, once for all
		switch {
		case address.Mail != "" && d.Mail.Server != "":
			return d.channel(c, Reader{Mail: &toConfig{[]string{address.Mail}}}, said)
		case address.WeCom != "" && d.WeCom.URL != "":
			return d.channel(c, Reader{WeCom: &toConfig{[]string{address.WeCom}}}, said)
		}
		return nil
	}
	for _, example := range []Reader{{Mail: &toConfig{[]string{"a@yangguang.example"}}}, {WeCom: &toConfig{[]string{"a"}}}} {
		if example.Mail != nil && d.Mail.Server != "" || example.WeCom != nil && d.WeCom.URL != "" {
			d.channel(c, example, func(format string, values ...any) { wrong(0, "digest.contacts: "+format, values...) })
		}
	}
}

// channel makes a reader's channel, or says what is wrong with it.
func (d *Digest) channel(c *Config, r Reader, wrong func(string, ...any)) channel.Channel {
	base := filepath.Dir(c.File)
	secret := func(key string, given *online.Secret, needed bool) channel.Secret {
		if given == nil && !needed {
			return nil
		}
		if given == nil {
			given = &online.Secret{}
		}
		if err := given.Check(key); err != nil {
			wrong("%v", err)
		}
		return func() (string, error) { return given.Read("digest: "+key, base) }
	}
	var channels []channel.Channel
	if r.WeComRobot != nil {
		if r.WeComRobot.Sign != nil {
			wrong("wecom_robot.sign: WeCom's robots do not sign; leave it out")
		}
		channels = append(channels, channel.WeComRobot{Address: secret("wecom_robot.address", r.WeComRobot.Address, true)})
	}
	if r.DingTalk != nil {
		channels = append(channels, channel.DingTalkRobot{
			Address: secret("dingtalk.address", r.DingTalk.Address, true), Signing: secret("dingtalk.sign", r.DingTalk.Sign, false),
		})
	}
	if r.Webhook != nil {
		channels = append(channels, channel.Webhook{
			Address: secret("webhook.address", r.Webhook.Address, true), Token: secret("webhook.token", r.Webhook.Token, false),
		})
	}
	if r.WeCom != nil {
		if d.WeCom.URL == "" || d.WeCom.Corporate == "" || d.WeCom.Agent == 0 || len(r.WeCom.To) == 0 {
			wrong("wecom: expected to: [user ids] here, and url, corp_id, agent_id and secret in digest.wecom")
		}
		channels = append(channels, channel.WeComApplication{
			Base: d.WeCom.URL, Corporate: d.WeCom.Corporate, Agent: d.WeCom.Agent, Secret: secret("wecom.secret", d.WeCom.Secret, true), To: r.WeCom.To,
		})
	}
	if r.Mail != nil {
		if d.Mail.Server == "" || d.Mail.From == "" || len(r.Mail.To) == 0 {
			wrong("mail: expected to: [addresses] here, and server and from in digest.mail")
		}
		for _, address := range append([]string{d.Mail.From}, r.Mail.To...) {
			if _, err := mail.ParseAddress(address); address != "" && err != nil {
				wrong("mail: %q is no address; expected one like office@yangguang.example", address)
			}
		}
		if d.Mail.TLS != "" && d.Mail.TLS != "starttls" && d.Mail.TLS != "implicit" || d.Mail.TLS != "" && d.Mail.Plain {
			wrong("mail.tls: %q; expected starttls or implicit, and no plain beside it", d.Mail.TLS)
		}
		implicit := d.Mail.TLS == "implicit" || d.Mail.TLS == "" && !d.Mail.Plain && strings.HasSuffix(d.Mail.Server, ":465")
		channels = append(channels, channel.Mail{
			Implicit: implicit, Server: d.Mail.Server, From: d.Mail.From, User: d.Mail.User, Password: secret("mail.password", d.Mail.Password, d.Mail.User != ""), Plain: d.Mail.Plain, To: r.Mail.To,
		})
	}
	if len(channels) != 1 {
		wrong("%s has %d channels; expected one of wecom_robot, wecom, mail, dingtalk, webhook", r.Name, len(channels))
		return nil
	}
	return channels[0]
}

// CheckAreas tells the readers whose area is no unit of the registry.
func (d *Digest) CheckAreas(file string, units []model.Unit) (problems []error) {
	for _, r := range d.Readers {
		if r.Within != "" && !slices.ContainsFunc(units, func(u model.Unit) bool { return u.ID == r.Within }) {
			problems = append(problems, fmt.Errorf("%s: line %d: digest.readers: within: %q is not a unit_id of the registry", file, r.line, r.Within))
		}
	}
	return problems
}
