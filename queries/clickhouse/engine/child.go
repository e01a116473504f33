package engine

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"

	"github.com/ebitengine/purego"
	"golang.org/x/sys/unix"
)

// exit statuses of the child, besides those of the engine itself.
const (
	childUsage    = 2
	childNoEngine = 3
	childOrphaned = 4
)

// lifeline is the child's file descriptor of the pipe that the parent keeps open while it lives.
const lifeline = 3

// Child runs the engine in this process until the parent ends it, and returns the exit status. It is meant for the internal subcommand
// that Start executes: standard input is a pseudo-terminal, file descriptor 3 a pipe held open by the parent.
func Child(arguments []string) int {
	var library, path, config, listen string
	var httpPort, nativePort int
	flags := flag.NewFlagSet("engine", flag.ContinueOnError)
	flags.StringVar(&library, "library", "", "path of "+libraryName)
	flags.StringVar(&path, "path", "", "directory of the databases")
	flags.StringVar(&config, "config", "", "configuration file")
	flags.StringVar(&listen, "listen", "127.0.0.1", "address to listen on")
	flags.IntVar(&httpPort, "http-port", 0, "HTTP port")
	flags.IntVar(&nativePort, "native-port", 0, "native port, 0: none")
	if err := flags.Parse(arguments); err != nil {
		return childUsage
	}
	if library == "" || path == "" || config == "" || httpPort == 0 {
		fmt.Fprintln(os.Stderr, "yangguang engine: an internal command, run by the program itself")
		return childUsage
	}
	signal.Ignore(unix.SIGINT, unix.SIGTERM, unix.SIGHUP) // sent to a whole group: the parent ends us in order
	unix.Umask(0o077)
	runtime.LockOSThread() // the death signal belongs to this thread, and the library keeps state in it
	if err := followParent(); err != nil {
		fmt.Fprintln(os.Stderr, "yangguang engine: follow the parent:", err)
		return childNoEngine
	}
	go endWithParent()
	query := "SYSTEM START LISTEN HTTP"
	command := []string{
		"clickhouse", "--interactive", "--disable_suggestion", "--progress=off", "--highlight=0", "--history_file=/dev/null",
		"--path=" + path, "--config-file=" + config, "--log-level=error",
		"--listen_host=" + listen, fmt.Sprintf("--http_port=%d", httpPort),
	}
	if nativePort != 0 {
		command = append(command, fmt.Sprintf("--tcp_port=%d", nativePort))
		query += "; SYSTEM START LISTEN TCP"
	}
	if err := runLibrary(library, append(command, "--query", query)); err != nil {
		fmt.Fprintln(os.Stderr, "yangguang engine:", err)
		return childNoEngine
	}
	return 0
}

// endWithParent waits for the end of the pipe that the parent keeps open and then ends this process.
// Nothing waits for it: it lives as long as the process.
func endWithParent() {
	_, _ = io.Copy(io.Discard, os.NewFile(lifeline, "lifeline"))
	os.Exit(childOrphaned)
}

// runLibrary loads the engine and runs it as the command `clickhouse local` until its prompt ends.
func runLibrary(path string, command []string) error {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	if _, err := versionOf(handle); err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	var setSignalHandlers func(enabled int32)
	var queryCommandLine func(count int32, arguments **byte) uintptr
	var resultError func(result uintptr) string
	purego.RegisterLibFunc(&setSignalHandlers, handle, "chdb_set_signal_handlers_enabled")
	purego.RegisterLibFunc(&queryCommandLine, handle, "chdb_query_cmdline")
	purego.RegisterLibFunc(&resultError, handle, "chdb_result_error")

	setSignalHandlers(0) // Go's own must stay
	arguments := make([]*byte, 0, len(command)+1)
	for _, argument := range command {
		arguments = append(arguments, &append([]byte(argument), 0)[0])
	}
	arguments = append(arguments, nil)
	var pinner runtime.Pinner
	defer pinner.Unpin()
	for _, argument := range arguments {
		if argument != nil {
			pinner.Pin(argument)
		}
	}
	result := queryCommandLine(int32(len(command)), &arguments[0])
	if result == 0 {
		return nil
	}
	if message := resultError(result); message != "" {
		return fmt.Errorf("run the engine: %s", message)
	}
	return nil
}
