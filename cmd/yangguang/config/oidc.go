package config

import (
	"yangguang/collector/online"
)

// OIDC names the OpenID Connect provider that readers sign in with (key oidc).
type OIDC struct {
	Issuer       string         `yaml:"issuer"`
	ClientID     string         `yaml:"client_id"`
	ClientSecret *online.Secret `yaml:"client_secret"` // a public client without it
	NameClaim    string         `yaml:"name_claim"`
	RolesClaim   string         `yaml:"roles_claim"`
	Readers      []string       `yaml:"readers"` // roles, as are the following
	Clerks       []string       `yaml:"clerks"`
	Operators    []string       `yaml:"operators"`
	Hours        int            `yaml:"hours"` // that a session lasts
}
