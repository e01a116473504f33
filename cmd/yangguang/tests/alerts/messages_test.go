package alerts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
)

// TestOneMessageForManyVillages gives Alertmanager the lapses of 187 villages on one item, of different periods, as Prometheus does.
func TestOneMessageForManyVillages(t *testing.T) {
	r := newRecipients(t)
	address := "http://" + startAlertmanager(t, r)
	programtest.WaitUntil(t, "Alertmanager is ready", func() bool {
		time.Sleep(20 * time.Millisecond)
		status, _ := programtest.Get(t, address+"/-/ready")
		return status == http.StatusOK
	})
	const villages = 187
	lapses := make([]postedAlert, villages)
	for i := range lapses {
		town := []string{"411103101", "411103102"}[i%2]
		lapses[i] = postedAlert{
			Labels: map[string]string{
				"alertname": "DisclosureLapsed", "audience": "unit", "severity": "warning", "job": "yangguang", "instance": "a", "tier": "village", "town": town,
				"unit": fmt.Sprint(i), "unit_name": fmt.Sprintf("第%d村民委员会", i), "contact": "村党支部书记", "item": "CW", "item_name": "村务财务", "period": []string{"2026Q1", "2026Q2"}[i%3%2],
			},
			Annotations: map[string]string{"summary": "逾期", "page_url": "http://yangguang.example/unit/" + fmt.Sprint(i)},
		}
	}
	post(t, address, lapses)
	said := r.next(t, 3)
	for to, count := range map[string]int{"3": villages, "14": 94, "15": 93} { // all villages, 孟庙镇, 商桥镇
		text := said[to]
		within := map[string]string{"14": "&within=411103101", "15": "&within=411103102"}[to]
		beginning := fmt.Sprintf("【逾期未公开】村务财务：%d 个单位\nhttp://yangguang.example/lapsed?item=CW%s\n", count, within)
		listed := strings.Count(strings.Join(text, ""), "村民委员会（村党支部书记） 2026Q")
		if len(text) != 1 || !strings.HasPrefix(text[0], beginning) || !strings.HasSuffix(text[0], fmt.Sprintf("，另有 %d 个单位见链接", count-listed)) || listed < 10 {
			t.Errorf("to %s: %q", to, text)
		}
		for _, one := range text {
			if len(one) > 2048 {
				t.Errorf("to %s: WeCom would cut %d bytes", to, len(one))
			}
		}
	}

	for i := range lapses {
		lapses[i].EndsAt = time.Now()
	}
	post(t, address, lapses)
	said = r.next(t, 3)
	for _, to := range []string{"3", "14", "15"} {
		if text := said[to]; len(text) != 1 || !strings.HasPrefix(text[0], "【已解除】村务财务\n") || len(text[0]) > 2048 {
			t.Errorf("resolved, to %s: %q", to, text)
		}
	}

	// What holds back comes with what it holds back: nobody is told anything, neither now nor when the source is read again and the record is there.
	unseen := postedAlert{Labels: map[string]string{"alertname": "DisclosureUnitUnseen", "audience": "nobody", "job": "yangguang", "instance": "a", "unit": "1"}}
	reminder := postedAlert{Labels: map[string]string{
		"alertname": "DisclosureDueSoon", "audience": "unit", "job": "yangguang", "instance": "a", "tier": "organ", "unit": "1", "unit_name": "甲", "item": "CW", "period": "2026Q3",
	}}
	other := postedAlert{Labels: map[string]string{
		"alertname": "DisclosureDueSoon", "audience": "unit", "job": "yangguang", "instance": "a", "tier": "organ", "unit": "2", "unit_name": "乙", "item": "DF", "period": "2026Q3",
	}}
	post(t, address, []postedAlert{unseen, reminder, other})
	if text := r.next(t, 1)["2"]; len(text) != 1 || !strings.HasPrefix(text[0], "【公开提醒】") || strings.Contains(text[0], "甲") {
		t.Errorf("the organs hear %q", text)
	}
	other.EndsAt = time.Now()
	post(t, address, []postedAlert{other})
	r.expect(t, "the other unit has published", message{"2", "【提醒结束】DF（2026Q3）\n乙"})
}

// TestFirstDay gives Alertmanager what a first day finds: 73 alerts of many units and items are one message. Later ones go to the addresses of contacts.
func TestFirstDay(t *testing.T) {
	r := newRecipients(t)
	address := "http://" + startAlertmanager(t, r)
	programtest.WaitUntil(t, "Alertmanager is ready", func() bool {
		time.Sleep(20 * time.Millisecond)
		status, _ := programtest.Get(t, address+"/-/ready")
		return status == http.StatusOK
	})
	lapse := func(i int, labels map[string]string) postedAlert {
		all := map[string]string{
			"alertname": []string{"DisclosureLapsed", "DisclosureDueSoon"}[i%2], "audience": "unit", "job": "yangguang", "instance": "a", "tier": []string{"village", "town", "organ"}[i%3],
			"town": []string{"411103101", "411103102", "other"}[i%5%3], "unit": fmt.Sprint(i), "unit_name": fmt.Sprintf("第%d单位", i), "item": fmt.Sprint("I", i%20), "item_name": fmt.Sprint("事项", i%20), "period": "2026Q1",
		}
		maps.Copy(all, labels)
		return postedAlert{Labels: all, Annotations: map[string]string{"summary": "逾期", "page_url": "http://yangguang.example/unit/" + fmt.Sprint(i)}}
	}
	var found []postedAlert
	for i := range 73 {
		found = append(found, lapse(i, map[string]string{"backlog": "yes", "town_wecom": "lisi", "wecom": "zhang"}))
	}
	post(t, address, found)
	said := r.next(t, 74) // the office has WeCom, and mail, whose stand-in counts alerts
	if text := said["1"]; len(text) != 1 || !strings.HasPrefix(text[0], "【首次启用】：73 条\nhttp://yangguang.example/lapsed\n") || len(text[0]) > 2048 {
		t.Errorf("the district hears %q", said)
	}
	post(t, address, []postedAlert{
		lapse(0, map[string]string{"town_wecom": "lisi", "wecom": "zhang", "item": "new"}), // a village
		lapse(1, map[string]string{"town_wecom": "lisi", "wecom": "lisi", "item": "new"}),  // a town
	})
	said = r.next(t, 4)
	for _, to := range []string{"3", "zhang", "lisi"} {
		if len(said[to]) == 0 {
			t.Errorf("%s hears nothing: %q", to, said)
		}
	}
	if len(said["lisi"]) != 2 {
		t.Errorf("the town hears %q", said["lisi"])
	}
}

// postedAlert is an alert as Prometheus hands it over.
type postedAlert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	EndsAt      time.Time         `json:"endsAt,omitzero"`
}

func post(t *testing.T, address string, alerts []postedAlert) {
	t.Helper()
	content, err := json.Marshal(alerts)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(address+"/api/v2/alerts", "application/json", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("Alertmanager answers %s: %v", answer.Status, err)
	}
}
