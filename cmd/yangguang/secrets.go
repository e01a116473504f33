package main

import (
	"fmt"
	"net/url"
	"os"
	"strings"
)

// passwordVariable gives the password of clickhouse.dsn; dsnVariable the whole address, in place of the file's.
const (
	passwordVariable = "YANGGUANG_CLICKHOUSE_PASSWORD"
	dsnVariable      = "YANGGUANG_CLICKHOUSE_DSN"
)

// address is the ClickHouse to use with its password, from the environment or a file and never from the configuration itself (SPEC §6);
// empty means the embedded one.
func (c clickHouseConfig) address() (string, error) {
	dsn := c.DSN
	if given := os.Getenv(dsnVariable); given != "" {
		dsn = given
	}
	if dsn == "" {
		return "", nil
	}
	password := os.Getenv(passwordVariable)
	if c.PasswordFile != "" {
		content, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return "", userMistake(fmt.Errorf("clickhouse.password_file: %w", err))
		}
		password = strings.TrimRight(string(content), "\r\n")
	}
	if password == "" {
		return dsn, nil
	}
	address, err := url.Parse(dsn)
	if err != nil {
		return "", userMistake(fmt.Errorf("clickhouse.dsn: not an address; expected clickhouse://user@host:9000/database"))
	}
	address.User = url.UserPassword(address.User.Username(), password)
	return address.String(), nil
}
