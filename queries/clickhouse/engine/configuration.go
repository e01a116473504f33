package engine

import (
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

const (
	userName    = "yangguang"
	tokenHeader = "X-Yangguang-Token"
)

// secrets keep other users of the machine out of the engine. They are made again for each Engine and never leave this process but for
// the configuration files, which only the user can read.
type secrets struct {
	password string
	token    string
}

func newSecrets() secrets { return secrets{password: rand.Text(), token: rand.Text()} }

type configuration struct {
	DataDir      string
	MemoryLimit  uint64 // bytes
	SortMemory   uint64 // bytes that one question sorts before it goes on on disk
	Token        string
	TokenHeader  string
	User         string
	PasswordHash string
	Databases    []string // names the user may use, a trailing * for a prefix
}

// The built-in session is always `default` without a password and cannot be removed: it may only open the listeners.
// Requests without the token are answered 404 before anybody is asked who he is.
//
//go:embed configuration/*.xml
var configurationFiles embed.FS

func escapeXML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

func writeConfiguration(options Options, kept secrets) error {
	hash := sha256.Sum256([]byte(kept.password))
	values := configuration{
		DataDir: options.DataDir, MemoryLimit: options.MemoryLimit, SortMemory: options.MemoryLimit / 8, Token: kept.token, TokenHeader: tokenHeader,
		User: userName, PasswordHash: hex.EncodeToString(hash[:]), Databases: []string{"yangguang*"},
	}
	texts, err := template.New("").Funcs(template.FuncMap{"xml": escapeXML}).ParseFS(configurationFiles, "configuration/*.xml")
	if err != nil {
		return fmt.Errorf("write the engine's configuration: %w", err)
	}
	for _, text := range texts.Templates() {
		var content strings.Builder
		if err := text.Execute(&content, values); err != nil {
			return fmt.Errorf("write the engine's configuration: %w", err)
		}
		path := filepath.Join(options.DataDir, text.Name())
		if err := os.WriteFile(path, []byte(content.String()), 0o600); err != nil {
			return fmt.Errorf("write the engine's configuration: %w", err)
		}
		if err := os.Chmod(path, 0o600); err != nil { // it may have been there with other rights
			return fmt.Errorf("write the engine's configuration: %w", err)
		}
	}
	return nil
}
