package engine

import (
	"github.com/ClickHouse/clickhouse-go/v2"
	"log/slog"
	"syscall"
	"testing"
	"time"
)

func TestTry(t *testing.T) {
	begun := time.Now()
	e, err := Start(t.Context(), Options{DataDir: t.TempDir(), NativePort: true, Logger: slog.Default()})
	if err != nil {
		t.Fatal(err)
	}
	t.Log("started", time.Since(begun))
	for _, o := range []*clickhouse.Options{e.Options(), e.NativeOptions()} {
		begun = time.Now()
		c, err := clickhouse.Open(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"CREATE DATABASE IF NOT EXISTS yangguang_t ENGINE=Atomic", "CREATE TABLE IF NOT EXISTS yangguang_t.a (x Date32) ENGINE=MergeTree ORDER BY x"} {
			if err := c.Exec(t.Context(), s); err != nil {
				t.Error(err)
			}
		}
		if err := c.Exec(t.Context(), "CREATE DATABASE other ENGINE=Atomic"); err == nil {
			t.Error("other")
		} else {
			t.Log(err)
		}
		t.Log("used", time.Since(begun))
		syscall.Kill(e.Process(), syscall.SIGKILL)
		begun = time.Now()
		for c.Ping(t.Context()) != nil {
		}
		t.Log("again", time.Since(begun))
		c.Close()
	}
	begun = time.Now()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	t.Log("closed", time.Since(begun))
}
