package online

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Secret says where a secret is: in a variable of the environment or in a file, never in the configuration (SPEC §6).
type Secret struct {
	Env  string `yaml:"env"`
	File string `yaml:"file"` // relative to the configuration file
}

// UnmarshalYAML refuses unknown keys, and a secret itself without repeating it.
func (s *Secret) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: write {env: VARIABLE} or {file: PATH}; a secret must not stand in the configuration", node.Line)
	}
	type plain Secret
	if err := KnownKeys[plain]("secret", node); err != nil {
		return err
	}
	return node.Decode((*plain)(s))
}

// Check says what is wrong with where the secret is said to be.
func (s Secret) Check(key string) error {
	if (s.Env == "") == (s.File == "") {
		return fmt.Errorf("%s: write {env: VARIABLE} or {file: PATH}; the secret itself must not stand in the configuration", key)
	}
	return nil
}

// Read returns the secret. It is read for every collection, so that a new one needs no restart.
func (s Secret) Read(key, base string) (string, error) {
	if s.Env != "" {
		if value := strings.TrimSpace(os.Getenv(s.Env)); value != "" {
			return value, nil
		}
		return "", fmt.Errorf("%s: the environment variable %s is not set", key, s.Env)
	}
	path := s.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: read secret: %w", key, err)
	}
	if value := strings.TrimSpace(string(content)); value != "" {
		return value, nil
	}
	return "", fmt.Errorf("%s: the file %s is empty", key, s.File)
}
