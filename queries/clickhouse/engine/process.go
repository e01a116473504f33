package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// child is one run of the engine.
type child struct {
	command  *exec.Cmd
	terminal *os.File // the pseudo-terminal's master: the engine lives while its prompt waits there
	lifeline *os.File // our end of the pipe that tells the child that we live
	log      *logFile
	ended    chan struct{} // closed when the process has ended
	status   error         // of the process, once ended is closed
}

// runChild starts the process. It must be called on the thread that lives as long as the child may.
func runChild(e *Engine) (*child, error) {
	log, err := openLog(filepath.Join(e.options.DataDir, "engine.log"))
	if err != nil {
		return nil, err
	}
	master, slave, err := pty.Open()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a pseudo-terminal: %w", err), log.Close())
	}
	defer slave.Close()
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a pipe: %w", err), master.Close(), log.Close())
	}
	defer theirs.Close()
	command := exec.Command(e.options.Command[0], append(e.options.Command[1:len(e.options.Command):len(e.options.Command)], childArguments(e)...)...)
	command.Dir = e.options.DataDir
	command.Env = childEnvironment(e.options)
	command.Stdin, command.Stdout, command.Stderr = slave, log.file, log.file
	command.ExtraFiles = []*os.File{theirs}
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // a Ctrl-C at our terminal is for us: we end the child in order
	if err := command.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("run %s: %w", command.Path, err), ours.Close(), master.Close(), log.Close())
	}
	c := &child{command: command, terminal: master, lifeline: ours, log: log, ended: make(chan struct{})}
	go c.wait()
	return c, nil
}

func childArguments(e *Engine) []string {
	arguments := []string{
		"-library", e.options.Library,
		"-path", filepath.Join(e.options.DataDir, "data"),
		"-config", filepath.Join(e.options.DataDir, "config.xml"),
		"-http-port", strconv.Itoa(e.http.number),
	}
	if e.native != nil {
		arguments = append(arguments, "-native-port", strconv.Itoa(e.native.number))
	}
	return arguments
}

// childEnvironment has nothing of ours but what the engine needs: our secrets are none of its business.
func childEnvironment(options Options) []string {
	environment := []string{
		"TZ=" + options.TimeZone, "LANG=C.UTF-8", "TERM=dumb", "HOME=" + options.DataDir,
		"MALLOC_CONF=dirty_decay_ms:60000,muzzy_decay_ms:60000", // memory that the next question needs again is not given back in between: a sixth of the time
	}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "TZDIR", "TMPDIR"} {
		if value, set := os.LookupEnv(name); set {
			environment = append(environment, name+"="+value)
		}
	}
	return environment
}

// wait drains what the prompt prints, waits for the end of the process and lets go of what belongs to it.
func (c *child) wait() {
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, c.terminal)
	}()
	stop, trimmed := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(trimmed)
		c.log.keepShort(stop)
	}()
	c.status = c.command.Wait()
	close(stop)
	<-trimmed
	_ = c.terminal.Close()
	<-drained
	_ = c.lifeline.Close()
	_ = c.log.Close()
	close(c.ended)
}

// end asks the engine to end by ending its input and kills it when that took longer than patience.
func (c *child) end(patience time.Duration) error {
	if patience > 0 {
		if _, err := c.terminal.Write([]byte{4}); err == nil {
			waiting, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			select {
			case <-c.ended:
				return c.status
			case <-waiting.Done():
			}
		}
	}
	_ = c.command.Process.Kill() // it may have ended meanwhile
	<-c.ended
	return c.status
}

// failure says how the process ended by itself.
func (c *child) failure() error {
	if c.status == nil {
		return errors.New("the engine ended by itself")
	}
	return fmt.Errorf("the engine ended by itself: %w", c.status)
}

// lastWords are the end of the engine's log of this run, to be put behind an error.
func (c *child) lastWords() string {
	text := c.log.tail()
	if text == "" {
		return ""
	}
	return fmt.Sprintf("; the end of %s:\n%s", c.log.path, text)
}
