package config

import (
	"fmt"
	"net/url"
	"os"
	"strings"

	"yangguang/cmd/yangguang/terminal"
)

// passwordVariable gives the password of clickhouse.dsn; DSNVariable the whole address, in place of the file's.
const (
	passwordVariable = "YANGGUANG_CLICKHOUSE_PASSWORD"
	DSNVariable      = "YANGGUANG_CLICKHOUSE_DSN"
)

// Address is the ClickHouse to use with its password, from the environment or a file and never from the configuration itself (SPEC §6);
// empty means the embedded one.
func (c ClickHouse) Address() (string, error) {
	dsn := c.DSN
	if given := os.Getenv(DSNVariable); given != "" {
		dsn = given
	}
	if dsn == "" {
		return "", nil
	}
	password := os.Getenv(passwordVariable)
	if c.PasswordFile != "" {
		content, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return "", terminal.Mistake(fmt.Errorf("clickhouse.password_file: %w", err))
		}
		password = strings.TrimRight(string(content), "\r\n")
	}
	if password == "" {
		return dsn, nil
	}
	address, err := url.Parse(dsn)
	if err != nil {
		return "", terminal.Mistake(fmt.Errorf("clickhouse.dsn: not an address; expected clickhouse://user@host:9000/database"))
	}
	address.User = url.UserPassword(address.User.Username(), password)
	return address.String(), nil
}
