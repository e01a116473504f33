package door

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/signin"
)

// mostHours bounds a session: roles that a provider takes away end with it.
const mostHours = 24

// NewSignIn is the sign-in of the configuration; nil: there is none. Errors are mistakes of the user.
func NewSignIn(c *config.Config, logger *slog.Logger) (*signin.SignIn, error) {
	if c.OIDC == nil {
		return nil, nil
	}
	wrong := func(err error) error { return terminal.Mistake(fmt.Errorf("%s: %w", c.File, err)) }
	options := signin.Options{
		Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ExternalURL: c.ExternalURL, NameClaim: c.OIDC.NameClaim, RolesClaim: c.OIDC.RolesClaim,
		Readers: c.OIDC.Readers, Clerks: c.OIDC.Clerks, Operators: c.OIDC.Operators, Lasts: time.Duration(c.OIDC.Hours) * time.Hour, Now: time.Now, Log: logger,
	}
	if c.OIDC.Hours < 0 || c.OIDC.Hours > mostHours {
		return nil, wrong(fmt.Errorf("oidc.hours: %d is not between 1 and %d", c.OIDC.Hours, mostHours))
	}
	if secret := c.OIDC.ClientSecret; secret != nil {
		if err := secret.Check("oidc.client_secret"); err != nil {
			return nil, wrong(err)
		}
		value, err := secret.Read("oidc.client_secret", filepath.Dir(c.File))
		if err != nil {
			return nil, wrong(err)
		}
		options.ClientSecret = value
	}
	made, err := signin.New(options)
	if err != nil {
		return nil, wrong(err)
	}
	return made, nil
}

// checkSignIn says what is wrong with the sign-in. The provider is asked when somebody signs in.
func checkSignIn(c *config.Config) error {
	_, err := NewSignIn(c, slog.New(slog.DiscardHandler))
	return err
}
