package tests

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// chromium is the one browser of all tests here, started when the first asks for it. It is told what to do by the DevTools protocol over a pipe: JSON
// that ends in a zero byte. A client of the whole protocol would take longer to compile than all pages take to be looked at.
type chromium struct {
	command *exec.Cmd
	home    string
	to      io.WriteCloser
	ended   chan struct{} // closed when it says nothing any more

	lock    sync.Mutex // guards the rest, and writing
	calls   int
	waiting map[int]chan message
	tabs    map[string]*browserTab // by their sessions
}

// message is an answer or an event.
type message struct {
	ID      int             `json:"id"`
	Session string          `json:"sessionId"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error"`
}

var sharedChromium struct {
	sync.Mutex
	*chromium
}

// startedChromium is the browser that the tests share.
func startedChromium() (*chromium, error) {
	sharedChromium.Lock()
	defer sharedChromium.Unlock()
	if sharedChromium.chromium == nil {
		started, err := startChromium()
		if err != nil {
			return nil, fmt.Errorf("start chromium, which this test needs: %w", err)
		}
		sharedChromium.chromium = started
	}
	return sharedChromium.chromium, nil
}

// endChromium ends the browser after all tests.
func endChromium() error {
	sharedChromium.Lock()
	defer sharedChromium.Unlock()
	if sharedChromium.chromium == nil {
		return nil
	}
	return sharedChromium.end()
}

// flags are what keeps a browser from doing anything of its own accord.
var flags = []string{
	"--headless", "--hide-scrollbars", "--mute-audio", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--remote-debugging-pipe",
	"--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-background-timer-throttling",
	"--disable-backgrounding-occluded-windows", "--disable-breakpad", "--disable-client-side-phishing-detection", "--disable-default-apps",
	"--disable-dev-shm-usage", "--disable-extensions", "--disable-features=Translate,BlinkGenPropertyTrees", "--disable-hang-monitor",
	"--disable-ipc-flooding-protection", "--disable-popup-blocking", "--disable-prompt-on-repost", "--disable-renderer-backgrounding", "--disable-sync",
	"--force-color-profile=srgb", "--metrics-recording-only", "--safebrowsing-disable-auto-update", "--enable-automation", "--password-store=basic",
}

func startChromium() (*chromium, error) {
	home, err := os.MkdirTemp("", "yangguang-chromium-")
	if err != nil {
		return nil, err
	}
	c := &chromium{home: home, ended: make(chan struct{}), waiting: map[int]chan message{}, tabs: map[string]*browserTab{}}
	heard, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer heard.Close()
	from, said, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer said.Close()
	c.to = to
	c.command = exec.Command("chromium", append(flags, "--user-data-dir="+home, "about:blank")...)
	c.command.ExtraFiles = []*os.File{heard, said} // 3 and 4
	if err := c.command.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(home))
	}
	go c.listen(from)
	return c, nil
}

// end closes the browser; one that does not obey is killed.
func (c *chromium) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	problem := c.call(ctx, "", "Browser.close", nil, nil)
	kill := time.AfterFunc(time.Minute, func() { _ = c.command.Process.Kill() })
	defer kill.Stop()
	return errors.Join(problem, c.command.Wait(), c.to.Close(), os.RemoveAll(c.home))
}

// listen hands on what the browser says until it says nothing any more.
func (c *chromium) listen(from io.ReadCloser) {
	defer close(c.ended)
	defer from.Close()
	lines := bufio.NewReaderSize(from, 1<<20)
	for {
		text, err := lines.ReadBytes(0)
		if err != nil {
			return
		}
		var said message
		if err := json.Unmarshal(text[:len(text)-1], &said); err != nil {
			return // it is no browser
		}
		c.lock.Lock()
		waiting, answers := c.waiting[said.ID]
		delete(c.waiting, said.ID)
		of := c.tabs[said.Session]
		c.lock.Unlock()
		switch {
		case said.ID != 0 && answers:
			waiting <- said
		case said.ID == 0 && of != nil:
			of.hear(said)
		}
	}
}

var errChromiumEnded = errors.New("chromium has ended")

// call has the browser, or a tab of it, do something.
func (c *chromium) call(ctx context.Context, session, method string, params, result any) error {
	if params == nil {
		params = struct{}{}
	}
	answer := make(chan message, 1)
	c.lock.Lock()
	c.calls++
	id := c.calls
	c.waiting[id] = answer
	text, err := json.Marshal(struct {
		ID      int    `json:"id"`
		Session string `json:"sessionId,omitempty"`
		Method  string `json:"method"`
		Params  any    `json:"params"`
	}{id, session, method, params})
	if err == nil {
		_, err = c.to.Write(append(text, 0))
	}
	c.lock.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case said := <-answer:
		switch {
		case said.Error != nil:
			return fmt.Errorf("%s: %s", method, said.Error.Message)
		case result != nil:
			return json.Unmarshal(said.Result, result)
		}
		return nil
	case <-c.ended:
		return fmt.Errorf("%s: %w", method, errChromiumEnded)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

// browserTab is one of the browser that knows nothing of what others have stored.
type browserTab struct {
	context.Context // how long all that is done in it may take
	of              *chromium
	session         string
	watch           *watcher

	lock   sync.Mutex // guards the following
	loaded map[string]chan struct{}
}

// newTab opens one that is closed with the test. What it says is heard by watch.
func newTab(t *testing.T, watch *watcher) *browserTab {
	t.Helper()
	c, err := startedChromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	one := &browserTab{Context: ctx, of: c, watch: watch, loaded: map[string]chan struct{}{}}
	var apart struct {
		ID string `json:"browserContextId"`
	}
	var target struct {
		ID string `json:"targetId"`
	}
	var attached struct {
		Session string `json:"sessionId"`
	}
	type with map[string]any
	err = c.call(ctx, "", "Target.createBrowserContext", nil, &apart)
	if err == nil {
		t.Cleanup(func() {
			if err := c.call(context.Background(), "", "Target.disposeBrowserContext", with{"browserContextId": apart.ID}, nil); err != nil {
				t.Error(err)
			}
		})
		err = c.call(ctx, "", "Target.createTarget", with{"url": "about:blank", "browserContextId": apart.ID}, &target)
	}
	if err == nil {
		err = c.call(ctx, "", "Target.attachToTarget", with{"targetId": target.ID, "flatten": true}, &attached)
	}
	if err == nil {
		one.session = attached.Session
		c.lock.Lock()
		c.tabs[one.session] = one
		c.lock.Unlock()
		for _, enabled := range []string{"Page.enable", "Runtime.enable", "Log.enable", "Network.enable"} {
			err = errors.Join(err, one.call(enabled, nil, nil))
		}
		err = errors.Join(err, one.call("Page.setLifecycleEventsEnabled", with{"enabled": true}, nil))
	}
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func (b *browserTab) call(method string, params, result any) error {
	return b.of.call(b, b.session, method, params, result)
}

// hear notes that a document is loaded, and hands everything on to the watcher.
func (b *browserTab) hear(said message) {
	if said.Method == "Page.lifecycleEvent" {
		var event struct{ LoaderID, Name string }
		if err := json.Unmarshal(said.Params, &event); err == nil && event.Name == "load" {
			b.finish(event.LoaderID)
		}
	}
	b.watch.see(said.Method, said.Params)
}

// loading is closed when the document of a loader is loaded.
func (b *browserTab) loading(loader string) chan struct{} {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.loaded[loader] == nil {
		b.loaded[loader] = make(chan struct{})
	}
	return b.loaded[loader]
}

// finish says that the document of a loader is loaded.
func (b *browserTab) finish(loader string) {
	loading := b.loading(loader)
	select {
	case <-loading: // it has been said
	default:
		close(loading) // by the one who listens, nobody else
	}
}

// navigate goes to an address and waits until it is loaded.
func (b *browserTab) navigate(address string) error {
	var gone struct{ LoaderID, ErrorText string }
	if err := b.call("Page.navigate", map[string]any{"url": address}, &gone); err != nil {
		return err
	}
	switch {
	case gone.ErrorText != "":
		return fmt.Errorf("%s: %s", address, gone.ErrorText)
	case gone.LoaderID == "": // the same document
		return nil
	}
	select {
	case <-b.loading(gone.LoaderID):
		return nil
	case <-b.of.ended:
		return errChromiumEnded
	case <-b.Done():
		return fmt.Errorf("%s is not loaded: %w", address, b.Err())
	}
}

// size makes the window so many pixels wide and high.
func (b *browserTab) size(width, height int64) error {
	return b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// evaluate is the value of a script.
func evaluate[T any](b *browserTab, script string) (T, error) { return evaluated[T](b, script, false) }

// awaited is what the promise of a script gives.
func awaited[T any](b *browserTab, script string) (T, error) { return evaluated[T](b, script, true) }

func evaluated[T any](b *browserTab, script string, await bool) (value T, err error) {
	var got struct {
		Result struct {
			Type  string
			Value json.RawMessage
		}
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err = b.call("Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true, "awaitPromise": await}, &got)
	switch {
	case err != nil:
		return value, err
	case got.ExceptionDetails != nil:
		return value, fmt.Errorf("%s %s", got.ExceptionDetails.Text, got.ExceptionDetails.Exception.Description)
	case got.Result.Value == nil || string(got.Result.Value) == "null":
		return value, fmt.Errorf("the script gives no value: %s", got.Result.Type)
	}
	return value, json.Unmarshal(got.Result.Value, &value)
}

// screenshot is a picture of the whole page.
func (b *browserTab) screenshot() (png []byte, err error) {
	var shot struct{ Data []byte }
	err = b.call("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true}, &shot)
	return shot.Data, err
}
