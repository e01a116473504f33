package clickhouse

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// MinimumClickHouse is the oldest version of ClickHouse that the program works with; TriedClickHouse are those that its tests have run with.
const (
	MinimumClickHouse = "26.3"
	TriedClickHouse   = "26.7"
)

// TooOldError says that a server is older than MinimumClickHouse.
type TooOldError struct{ Version string }

func (e *TooOldError) Error() string {
	return fmt.Sprintf("ClickHouse %s is too old; %s or later is needed", e.Version, MinimumClickHouse)
}

const askVersion = "SELECT version()"

// Version is that of the server, such as 26.7.2.1.
func (s *Store) Version(ctx context.Context) (version string, err error) {
	if err := s.conn.QueryRow(ctx, askVersion).Scan(&version); err != nil {
		return "", fmt.Errorf("ask ClickHouse for its version: %w", err)
	}
	return version, nil
}

// checkVersion asks a server for its version. Error: *TooOldError.
func checkVersion(ctx context.Context, conn driver.Conn) error {
	var version string
	if err := conn.QueryRow(ctx, askVersion).Scan(&version); err != nil {
		return fmt.Errorf("connect to ClickHouse: ask for its version: %w", err)
	}
	if olderThan(version, MinimumClickHouse) {
		return &TooOldError{Version: version}
	}
	return nil
}

// olderThan compares the numbers of two versions as far as the second has them. A version that does not begin with numbers is not older.
func olderThan(version, minimum string) bool {
	numbers := strings.Split(version, ".")
	for i, needed := range strings.Split(minimum, ".") {
		if i >= len(numbers) {
			return true
		}
		have, err := strconv.Atoi(numbers[i])
		if err != nil {
			return false
		}
		if need, err := strconv.Atoi(needed); err != nil || have != need {
			return err == nil && have < need
		}
	}
	return false
}
