package main

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/online"
	"yangguang/dashboard/digest"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// digestConfig says who is sent what has changed, and how (key digest).
type digestConfig struct {
	From    string         `yaml:"from"` // time of day, in the configured zone; 08:30 without it
	To      string         `yaml:"to"`   // likewise, 20:00
	WeCom   weComConfig    `yaml:"wecom"`
	Mail    mailConfig     `yaml:"mail"`
	Readers []readerConfig `yaml:"readers"`

	hours   digest.Hours
	readers []digest.Reader
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
}

// readerConfig is one reader with his one channel.
type readerConfig struct {
	Name     string `yaml:"name"`
	Within   string `yaml:"within"`
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
func (r *readerConfig) UnmarshalYAML(node *yaml.Node) error {
	type plain readerConfig
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
func (d *digestConfig) complete(c *config) (problems []error) {
	if len(d.Readers) == 0 {
		return nil
	}
	wrong := func(line int, format string, values ...any) {
		place := c.file + ": "
		if line > 0 {
			place += fmt.Sprintf("line %d: ", line)
		}
		problems = append(problems, fmt.Errorf(place+format, values...))
	}
	for _, hour := range []struct {
		key, text string
		value     *time.Duration
	}{{"from", cmp.Or(d.From, "08:30"), &d.hours.From}, {"to", cmp.Or(d.To, "20:00"), &d.hours.To}} {
		at, err := time.Parse("15:04", hour.text)
		if err != nil {
			wrong(0, "digest.%s: %q is no time of day; expected one written 08:30", hour.key, hour.text)
		}
		*hour.value = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	}
	if d.hours.From >= d.hours.To && len(problems) == 0 {
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
		if r.Language != "" && !contains(language.Languages(), r.Language) {
			said("language: %q is unknown; expected zh or en", r.Language)
		}
		if r.Sheet && r.Mail == nil {
			said("sheet: only mails have attachments; the others lead to the sheet by a link")
		}
		d.readers = append(d.readers, digest.Reader{
			Name: r.Name, Within: r.Within, Daily: r.Daily, Language: cmp.Or(r.Language, c.Language), Sheet: r.Sheet, Channel: d.channel(c, r, said),
		})
	}
	return problems
}

// channel makes a reader's channel, or says what is wrong with it.
func (d *digestConfig) channel(c *config, r readerConfig, wrong func(string, ...any)) digest.Channel {
	base := filepath.Dir(c.file)
	secret := func(key string, given *online.Secret, needed bool) digest.Secret {
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
	var channels []digest.Channel
	if r.WeComRobot != nil {
		if r.WeComRobot.Sign != nil {
			wrong("wecom_robot.sign: WeCom's robots do not sign; leave it out")
		}
		channels = append(channels, digest.WeComRobot{Address: secret("wecom_robot.address", r.WeComRobot.Address, true)})
	}
	if r.DingTalk != nil {
		channels = append(channels, digest.DingTalkRobot{
			Address: secret("dingtalk.address", r.DingTalk.Address, true), Signing: secret("dingtalk.sign", r.DingTalk.Sign, false),
		})
	}
	if r.Webhook != nil {
		channels = append(channels, digest.Webhook{
			Address: secret("webhook.address", r.Webhook.Address, true), Token: secret("webhook.token", r.Webhook.Token, false),
		})
	}
	if r.WeCom != nil {
		if d.WeCom.URL == "" || d.WeCom.Corporate == "" || d.WeCom.Agent == 0 || len(r.WeCom.To) == 0 {
			wrong("wecom: expected to: [user ids] here, and url, corp_id, agent_id and secret in digest.wecom")
		}
		channels = append(channels, digest.WeComApplication{
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
		channels = append(channels, digest.Mail{
			Server: d.Mail.Server, From: d.Mail.From, User: d.Mail.User, Password: secret("mail.password", d.Mail.Password, d.Mail.User != ""), Plain: d.Mail.Plain, To: r.Mail.To,
		})
	}
	if len(channels) != 1 {
		wrong("%s has %d channels; expected one of wecom_robot, wecom, mail, dingtalk, webhook", r.Name, len(channels))
		return nil
	}
	return channels[0]
}

// checkAreas tells the readers whose area is no unit of the registry.
func (d *digestConfig) checkAreas(file string, units []model.Unit) (problems []error) {
	for _, r := range d.Readers {
		if r.Within != "" && !slices.ContainsFunc(units, func(u model.Unit) bool { return u.ID == r.Within }) {
			problems = append(problems, fmt.Errorf("%s: line %d: digest.readers: within: %q is not a unit_id of the registry", file, r.line, r.Within))
		}
	}
	return problems
}
