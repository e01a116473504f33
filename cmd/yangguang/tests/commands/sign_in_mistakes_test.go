package commands

import (
	"strings"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// Mistakes of the section name their key; a secret is never written there.
func TestSignInMistakes(t *testing.T) {
	for name, section := range map[string]string{
		"oidc.issuer":           "{issuer: 'http://login.example', client_id: a}",
		"oidc.client_id":        "{issuer: 'https://login.example'}",
		"oidc.hours":            "{issuer: 'https://login.example', client_id: a, hours: 1000}",
		"YANGGUANG_NO_SUCH":     "{issuer: 'https://login.example', client_id: a, client_secret: {env: YANGGUANG_NO_SUCH}}",
		"must not stand in":     "{issuer: 'https://login.example', client_id: a, client_secret: secret}",
		"unknown key \"isuer\"": "{isuer: 'https://login.example', client_id: a}",
	} {
		t.Run(name, func(t *testing.T) {
			p := programtest.New(t)
			p.Append(t, "external_url: https://yangguang.example\noidc: "+section+"\n")
			if out, problems, status := p.Run(t, "check", "--config", "yangguang.yaml"); status != 2 || !strings.Contains(out+problems, name) {
				t.Errorf("status %d: %s%s", status, out, problems)
			}
		})
	}
}
