// Package wechat reads what an official account has published (freepublish) over the platform's interface (SPEC §3).
package wechat

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"yangguang/collector/online"
)

// Kind is the kind of source that Config configures.
const Kind = "wechat"

// Config is a wechat source in yangguang.yaml (docs/sources-feeds.md).
type Config struct {
	online.Config `yaml:",inline"`
	Complete      *bool         `yaml:"complete"` // an article that was deleted is withdrawn; default true
	AppID         string        `yaml:"app_id"`
	Secret        online.Secret `yaml:"secret"`  // AppSecret: {env: VARIABLE} or {file: PATH}
	Base          string        `yaml:"base"`    // address of the interface; default https://api.weixin.qq.com
	Token         string        `yaml:"token"`   // stable (default) or classic: how an access token is asked for
	Content       bool          `yaml:"content"` // fetch the articles' text too, to be kept as proof
	MayBeEmpty    bool          `yaml:"may_be_empty"`
}

// platform is where the interface is.
const platform = "https://api.weixin.qq.com"

// complete settles the defaults.
func (c Config) complete() Config {
	if c.Base == "" {
		c.Base = platform
	}
	c.Base = strings.TrimRight(c.Base, "/")
	if c.Channel == "" {
		c.Channel = "wechat_account"
	}
	if c.Token == "" {
		c.Token = "stable"
	}
	if c.Complete == nil {
		whole := true
		c.Complete = &whole
	}
	return c
}

// problems lists what is wrong with the keys of an account.
func (c Config) problems() error {
	var problems []error
	if c.AppID == "" {
		problems = append(problems, errors.New("app_id is missing; it is under 设置与开发 in the account's administration"))
	}
	if parsed, err := url.Parse(c.Base); err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		problems = append(problems, fmt.Errorf("base: %q is not an address; expected one like %s", c.Base, platform))
	}
	if c.Token != "stable" && c.Token != "classic" {
		problems = append(problems, fmt.Errorf("token: %q is unknown; expected stable or classic", c.Token))
	}
	return errors.Join(append(problems, c.Secret.Check("secret"))...)
}
