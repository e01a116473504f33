package kill

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
)

// answersOf are what must be the same however often the program is killed.
func answersOf(t *testing.T, p programtest.Program) string {
	t.Helper()
	all := ""
	for _, report := range []string{"obligations", "rejects"} {
		all += p.Succeed(t, "export", report, "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-08-01")
	}
	return all
}

// withoutTimes finds when a row was seen first, which is another time where all is collected anew.
var withoutTimes = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)

// again is the program with what it holds now, in another directory.
func again(t *testing.T, p programtest.Program) programtest.Program {
	t.Helper()
	other := programtest.Program{Directory: filepath.Join(t.TempDir(), "copy"), EnginePath: p.EnginePath}
	if err := os.CopyFS(other.Directory, os.DirFS(p.Directory)); err != nil {
		t.Fatal(err)
	}
	return other
}

// killedOften lets a work be killed at any moment; the next run of it ends it, and all answers are as before.
func killedOften(t *testing.T, p programtest.Program, work ...string) {
	t.Helper()
	want := answersOf(t, p)
	takes := takes(t, again(t, p), work...)
	for range kills(t) {
		other := again(t, p)
		killed(t, other, takes, work...)
		other.Succeed(t, work...)
		if got := answersOf(t, other); got != want {
			t.Errorf("afterwards:\n%s\nbefore:\n%s", got, want)
		}
	}
}

// A removal that is killed goes on with the next one and takes nothing else along.
func TestKilledExpire(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	programtest.ChangeDatabase(t, p,
		`INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome)
			SELECT number + 1, '台账', 'ledger', toDateTime('2020-01-01') + number, toDateTime('2020-01-01') + number, '2020-01-01', 'failed' FROM numbers(300)`,
		`INSERT INTO rejected_rows (collection_id, source, place, reason, content, seen)
			SELECT number % 300 + 1, '台账', toString(number), 'old', '{}', toDateTime('2020-01-01') FROM numbers(30000)`,
		`INSERT INTO holdings (table_name, holding, rows, noted_at)
			SELECT arrayJoin(['record_versions', 'rejected_rows', 'collections']) AS name, toString(number + 1), transform(name, ['record_versions', 'rejected_rows'], [0, 100], 1), now64(6, 'UTC')
			FROM numbers(300)`)
	killedOften(t, p, "expire", "--config", "yangguang.yaml")
	if said := p.Succeed(t, "expire", "--config", "yangguang.yaml"); !strings.Contains(said, "29900 rows") {
		t.Errorf("nothing was removed, so that killing it proves nothing:\n%s", said)
	}
}

// A migration that is killed, the first or a later one, goes on with the next command.
func TestKilledMigration(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	fresh := again(t, p)
	first := takes(t, p, "collect", "--config", "yangguang.yaml")
	want := answersOf(t, p)
	for range kills(t) {
		other := again(t, fresh)
		killed(t, other, first, "collect", "--config", "yangguang.yaml")
		other.Succeed(t, "collect", "--config", "yangguang.yaml")
		if got := answersOf(t, other); withoutTimes.ReplaceAllString(got, "") != withoutTimes.ReplaceAllString(want, "") {
			t.Errorf("afterwards:\n%s\nbefore:\n%s", got, want)
		}
	}
	programtest.ChangeDatabase(t, p, `DROP TABLE backups SYNC`,
		`ALTER TABLE schema_migrations DELETE WHERE startsWith(file, 'sql/views/') OR file IN ('schema/0031_backups.sql', 'holdings') SETTINGS mutations_sync = 2`,
		`TRUNCATE TABLE holdings`)
	takes := takes(t, again(t, p), "check", "--config", "yangguang.yaml")
	for range kills(t) {
		other := again(t, p)
		killed(t, other, takes, "export", "ranking", "--config", "yangguang.yaml")
		if got := answersOf(t, other); got != want {
			t.Errorf("afterwards:\n%s\nbefore:\n%s", got, want)
		}
	}
}

// A server that is killed while it starts and collects leaves nothing that the next one does not take up.
func TestKilledServe(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	undisturbed := again(t, p)
	begun := time.Now()
	s := undisturbed.Serve(t)
	takes := time.Since(begun)
	s.End()
	obligations := func(p programtest.Program) string { // rejected rows say when they were seen
		return p.Succeed(t, "export", "obligations", "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-08-01")
	}
	want := obligations(undisturbed)
	for range kills(t) {
		other := again(t, p)
		for range 2 {
			killed(t, other, takes, "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0")
		}
		other.Succeed(t, "collect", "--config", "yangguang.yaml")
		if got := obligations(other); got != want {
			t.Errorf("after two killed servers:\n%s\nundisturbed:\n%s", got, want)
		}
	}
}

// A restore for which the disk is too small, at whatever point, leaves a database that is as empty as before: with more room it succeeds.
func TestRestoreOnAFullDisk(t *testing.T) {
	t.Parallel()
	if output, err := exec.CommandContext(t.Context(), "unshare", "-Urm", "sh", "-c", `mkdir -p "$0" && mount -t tmpfs -o size=1m tmpfs "$0"`, filepath.Join(t.TempDir(), "probe")).CombinedOutput(); err != nil {
		t.Skipf("no small file system can be mounted here: %v: %s", err, output)
	}
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	want := answersOf(t, p)
	p.Succeed(t, "backup", "kept.tar", "--config", "yangguang.yaml")
	if err := os.Rename(filepath.Join(p.Directory, "data"), filepath.Join(p.Directory, "before")); err != nil {
		t.Fatal(err)
	}
	// The answers are asked where the file system is seen: it goes with its namespace.
	const script = `mkdir data && mount -t tmpfs -o size="$1" tmpfs data || exit 90
"$0" restore kept.tar --config yangguang.yaml >small.txt 2>&1; echo $? >small.status
mount -o remount,size=1g data || exit 91
[ "$(cat small.status)" = 0 ] || "$0" restore kept.tar --config yangguang.yaml >&2 || exit 92
ls data/backups >&2
for report in obligations rejects; do "$0" export $report --config yangguang.yaml --lang en --as-of 2026-08-01 || exit 93; done`
	failed := 0
	for i := range kills(t) {
		other := again(t, p)
		size := strconv.Itoa(600*(i+2)) + "k"
		command := other.Command(t)
		inside := exec.CommandContext(t.Context(), "unshare", "-Urm", "sh", "-c", script, command.Path, size)
		inside.Dir, inside.Env = command.Dir, command.Env
		var problems strings.Builder
		inside.Stderr = &problems
		got, err := inside.Output()
		small, _ := os.ReadFile(filepath.Join(other.Directory, "small.txt"))
		if err != nil {
			t.Fatalf("with %s: %v\n%s\nbefore there was more room:\n%s", size, err, &problems, small)
		}
		if string(got) != want {
			t.Errorf("with %s restored:\n%s\nbacked up:\n%s", size, got, want)
		}
		if status, _ := os.ReadFile(filepath.Join(other.Directory, "small.status")); strings.TrimSpace(string(status)) != "0" {
			failed++
			t.Log(fmt.Sprintf("with %s: ", size), string(small))
		}
	}
	if failed == 0 {
		t.Error("the disk was never full, so that this proves nothing")
	}
}
