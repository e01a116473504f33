package alerts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// message is what somebody received: a department or tag of WeCom, or an e-mail address, here told over a webhook.
type message struct{ to, text string }

// recipients stands at the end of the line: where Alertmanager believes WeCom and the mail server to be.
type recipients struct {
	address string
	explain func() string // what Prometheus and Alertmanager know; for a message that does not come
	lock    sync.Mutex
	got     []message

	unheeded string // how messages begin that do not count; empty: all do
}

func newRecipients(t *testing.T) *recipients {
	t.Helper()
	r := &recipients{explain: func() string { return "" }}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cgi-bin/gettoken", func(w http.ResponseWriter, request *http.Request) {
		token := "wrong"
		if request.FormValue("corpsecret") == wecomSecret {
			token = "right"
		}
		fmt.Fprintf(w, `{"errcode":0,"access_token":%q,"expires_in":7200}`, token)
	})
	mux.HandleFunc("POST /cgi-bin/message/send", func(w http.ResponseWriter, request *http.Request) {
		var sent struct {
			Text                   struct{ Content string }
			ToParty, ToTag, ToUser string
		}
		if err := json.NewDecoder(request.Body).Decode(&sent); err != nil || request.FormValue("access_token") != "right" {
			t.Errorf("WeCom would refuse the message: %v, %s", err, request.URL)
		}
		r.add(sent.ToParty+sent.ToTag+sent.ToUser, sent.Text.Content)
		fmt.Fprint(w, `{"errcode":0}`)
	})
	mux.HandleFunc("POST /mail/{address}", func(_ http.ResponseWriter, request *http.Request) {
		var sent struct {
			Status string
			Alerts []struct{ Annotations map[string]string }
		}
		if err := json.NewDecoder(request.Body).Decode(&sent); err != nil {
			t.Errorf("the webhook's message: %v", err)
		}
		for _, alert := range sent.Alerts {
			r.add(request.PathValue("address"), sent.Status+" "+alert.Annotations["summary"])
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	r.address = server.URL
	return r
}

func (r *recipients) add(to, text string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.unheeded == "" || !strings.HasPrefix(text, r.unheeded) {
		r.got = append(r.got, message{to, text})
	}
}

// leaveOut has messages that begin so not counted from now on.
func (r *recipients) leaveOut(beginning string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.unheeded = beginning
}

// next waits for so many messages since the last call and gives them by their recipient. One message too many fails the next call.
func (r *recipients) next(t *testing.T, count int) map[string][]string {
	t.Helper()
	said := map[string][]string{}
	for _, m := range r.take(t, count) {
		said[m.to] = append(said[m.to], m.text)
	}
	return said
}

// expect is next when the texts are known.
func (r *recipients) expect(t *testing.T, what string, want ...message) {
	t.Helper()
	got := r.take(t, len(want))
	order := func(a, b message) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.text, b.text)) }
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if !slices.Equal(got, want) {
		t.Fatalf("%s: received\n%q\nwant\n%q", what, got, want)
	}
}

// take waits for so many messages and gives all there are then.
func (r *recipients) take(t *testing.T, count int) []message {
	t.Helper()
	var got []message
	for end := time.Now().Add(3 * programtest.Patience); ; time.Sleep(20 * time.Millisecond) {
		r.lock.Lock()
		got = slices.Clone(r.got)
		enough := len(got) >= count
		if enough {
			r.got = nil
		}
		r.lock.Unlock()
		if enough {
			return got
		}
		if time.Now().After(end) {
			t.Fatalf("waited too long for %d messages; received %q\n%s", count, got, r.explain())
		}
	}
}

const wecomSecret = "a&secret/1"

// alerting is a Prometheus and an Alertmanager with the files of deploy, but quicker, and without days off.
type alerting struct{ prometheus string }

var (
	mails   = regexp.MustCompile(`email_configs: \[\{to: ('[^']*'|\S+), send_resolved: true, text: .*\}\]`)
	holiday = strings.NewReplacer("mute_time_intervals: [public-holidays]", "mute_time_intervals: []",
		`weekdays: ["monday:friday"], times: [{start_time: "07:00", end_time: "20:00"}], `, "")
)

func startAlerting(t *testing.T, s programtest.Serving, r *recipients) alerting {
	t.Helper()
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../../../deploy/prometheus")); err != nil {
		t.Fatal(err)
	}
	prometheus, alertmanager := programtest.FreeAddress(t), startAlertmanager(t, r)
	filetest.Change(t, filepath.Join(directory, "operations.rules.yml"), func(text string) string { return strings.ReplaceAll(text, "for: 1h", "for: 0s") })
	filetest.Change(t, filepath.Join(directory, "units.rules.yml"), func(text string) string { // as on any later day
		return strings.ReplaceAll(text, "disclosure_first_look_timestamp_seconds", "disclosure_no_such_look")
	})
	filetest.Change(t, filepath.Join(directory, "prometheus.yml"), strings.NewReplacer("127.0.0.1:8080", strings.TrimPrefix(s.Address, "http://"), "127.0.0.1:9093", alertmanager,
		"scrape_interval: 1m", "scrape_interval: 3s", "evaluation_interval: 1m", "evaluation_interval: 1s", "scrape_timeout: 30s", "scrape_timeout: 3s").Replace)
	programtest.Background(t, "prometheus", "--config.file="+filepath.Join(directory, "prometheus.yml"), "--storage.tsdb.path="+filepath.Join(directory, "series"),
		"--web.listen-address="+prometheus)
	r.explain = func() string {
		_, series := programtest.Get(t, "http://"+prometheus+"/api/v1/query?query="+url.QueryEscape(`{__name__=~"ALERTS|up|disclosure_(due|lapsed)_working_days|disclosure_source_up"}`))
		_, alerts := programtest.Get(t, "http://"+alertmanager+"/api/v2/alerts")
		return series + alerts
	}
	return alerting{"http://" + prometheus}
}

// startAlertmanager starts it with its secret filled in as a user's service does, and returns its address.
func startAlertmanager(t *testing.T, r *recipients) (address string) {
	t.Helper()
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../../../deploy/alertmanager")); err != nil {
		t.Fatal(err)
	}
	configuration, secrets, rendered := filepath.Join(directory, "alertmanager.yml"), filepath.Join(directory, "secrets"), filepath.Join(directory, "rendered.yml")
	filetest.Write(t, filepath.Join(secrets, "wecom_secret"), wecomSecret+"\n")
	filetest.Change(t, configuration, func(text string) string {
		text = holiday.Replace(mails.ReplaceAllStringFunc(text, func(mail string) string {
			to := mails.FindStringSubmatch(mail)[1]
			if strings.HasPrefix(to, "'") { // whom a label names
				to = "contact"
			}
			return `webhook_configs: [{url: "` + r.address + "/mail/" + to + `", send_resolved: true}]`
		}))
		return strings.NewReplacer("https://qyapi.weixin.qq.com", r.address, "group_wait: 1m ", "group_wait: 1s ", "group_interval: 15m", "group_interval: 1s").Replace(text)
	})
	whole, err := exec.CommandContext(t.Context(), filepath.Join(directory, "with-secrets.sh"), configuration, secrets).Output()
	if err != nil {
		t.Fatal(err)
	}
	filetest.Write(t, rendered, string(whole))
	address = programtest.FreeAddress(t)
	programtest.Background(t, "prometheus-alertmanager", "--config.file="+rendered, "--storage.path="+filepath.Join(directory, "notified"), "--web.listen-address="+address,
		"--cluster.listen-address=", "--log.level=debug")
	return address
}

// holds waits until an expression has a value.
func (a alerting) holds(t *testing.T, expression string) {
	t.Helper()
	programtest.WaitUntil(t, expression, func() bool {
		time.Sleep(50 * time.Millisecond)
		return a.count(t, expression) > 0
	})
}

// count is how many series an expression gives now; none while Prometheus does not answer.
func (a alerting) count(t *testing.T, expression string) int {
	t.Helper()
	_, body := programtest.Get(t, a.prometheus+"/api/v1/query?query="+url.QueryEscape(expression))
	var answer struct {
		Data struct{ Result []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		return 0
	}
	return len(answer.Data.Result)
}
