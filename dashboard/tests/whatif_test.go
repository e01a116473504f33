package tests

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
	"go.yaml.in/yaml/v3"

	"yangguang/dashboard/access"
	"yangguang/dashboard/language"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// tried has one registry compared with the district's for whoever asks: of one unit less and another assessment. Another one is held back.
type tried struct {
	store *ask.Asker
	may   func(access.User) bool
	draft *page.WhatIfDraft // the last one
	page.WhatIfTried
}

// withWhatIf lets some users try a registry.
func withWhatIf(t *testing.T, store *ask.Asker, may func(access.User) bool) func(*page.Options) {
	t.Helper()
	listed := districtRegistry()
	listed.Units = listed.Units[:len(listed.Units)-1]
	assessment := model.DefaultAssessment()
	assessment.Score.Timeliness = model.Whole(9)
	draft, err := whatif.Open(t.Context(), store.Facts, registry.Load{
		Registry: listed, Assessment: assessment, Timezone: "Asia/Shanghai", Since: day(2025, 1, 1), BackdatingToleranceDays: 3,
	}, model.Question{}.WithDefaults(model.Today(clock())))
	if err != nil {
		t.Fatal(err)
	}
	result, err := draft.Compare(t.Context(), 500, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := draft.Close(); err != nil {
		t.Fatal(err)
	}
	return func(o *page.Options) {
		o.WhatIf = tried{store, may, &page.WhatIfDraft{}, page.WhatIfTried{What: "units-2027.csv", Result: &result}}
	}
}

func (w tried) May(user access.User) bool { return w.may(user) }

func (w tried) Items(ctx context.Context) ([]model.Item, error) {
	return registry.ItemsInForce(ctx, w.store.Store)
}

func (w tried) Try(_ context.Context, draft page.WhatIfDraft, _ model.Question) (string, error) {
	*w.draft = draft
	return "x", nil
}

func (w tried) Tried(_ context.Context, name string) (page.WhatIfTried, bool) {
	return w.WhatIfTried, name == "x"
}

func (tried) Held() registry.Held {
	return registry.Held{Hash: "held", Since: clock(), Why: "新增逾期 12 项（12 个单位）\n逾期 3 → 15"}
}

func (tried) Accept(_ context.Context, hash string) (bool, error) { return hash == "held", nil }

// Clerks try registries and nobody else does; what a panel exports is what it shows.
func testWhatIf(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	handler := site(t, store, remembered, withWhatIf(t, store, func(user access.User) bool { return user.Clerk }))
	as := func(user, method, address, body string) (int, string) {
		request := httptest.NewRequest(method, "http://localhost:8080"+address, strings.NewReader(body))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		request.SetBasicAuth(user, "x")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer.Code, answer.Body.String()
	}
	for name, test := range map[string]struct {
		user, method, address, body string
		status                      int
		want                        string
	}{
		"a clerk":            {theClerk, http.MethodGet, "/what-if", "", http.StatusOK, `action="/what-if/accept"`},
		"a reader":           {"reader", http.MethodGet, "/what-if", "", http.StatusForbidden, "clerks"},
		"a reader's result":  {"reader", http.MethodGet, "/what-if?try=x", "", http.StatusForbidden, "clerks"},
		"a reader's export":  {"reader", http.MethodGet, "/what-if?try=x&export=units.csv", "", http.StatusForbidden, "clerks"},
		"a reader's file":    {"reader", http.MethodPost, "/what-if/try", "", http.StatusForbidden, ""},
		"a reader accepts":   {"reader", http.MethodPost, "/what-if/accept", "hash=held", http.StatusForbidden, ""},
		"a clerk accepts":    {theClerk, http.MethodPost, "/what-if/accept", "hash=held", http.StatusSeeOther, ""},
		"what is not held":   {theClerk, http.MethodPost, "/what-if/accept", "hash=other", http.StatusConflict, "没有等待认可的改动"},
		"no form":            {theClerk, http.MethodPost, "/what-if/try", "", http.StatusBadRequest, "form"},
		"a forgotten result": {theClerk, http.MethodGet, "/what-if?try=y", "", http.StatusNotFound, "重新比较"},
	} {
		t.Run(name, func(t *testing.T) {
			if status, body := as(test.user, test.method, test.address, test.body); status != test.status || !strings.Contains(body, test.want) {
				t.Errorf("status %d, want %d with %q\n%.2000s", status, test.status, test.want, body)
			}
		})
	}
	t.Run("settings", func(t *testing.T) { testTriedSettings(t, store, remembered) })
	_, shown := as(theClerk, http.MethodGet, "/what-if?try=x", "")
	checkHas(t, shown, "units-2027.csv", "村2", "取消", "没有保存任何内容")
	for _, list := range []string{"groups", "units", "obligations"} {
		status, exported := as(theClerk, http.MethodGet, "/what-if?try=x&export="+list+".csv", "")
		if status != http.StatusOK || strings.Count(exported, "\n") < 2 {
			t.Errorf("%s: status %d\n%.1000s", list, status, exported)
		}
	}
}

// testTriedSettings changes settings on the form, as a browser sends it whole, and has a draft with these and all others as they are.
func testTriedSettings(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	tries := tried{store: store, may: func(access.User) bool { return true }, draft: &page.WhatIfDraft{}}
	var words *language.Bundle
	server := httptest.NewServer(site(t, store, remembered, func(o *page.Options) { o.WhatIf, words = tries, o.Bundle }))
	defer server.Close()
	ctx, _ := browser(t)
	for name, test := range map[string]struct {
		script, said string // what is done on the form; how the draft is called
		change       func(*model.Assessment)
		due          map[string]uint16
	}{
		"a number is typed": {`type('score.coverage', '37.5')`, "公开率 40 → 37.5", func(a *model.Assessment) { a.Score.Coverage = model.Hundredths(3750) }, nil},
		"a slider is drawn": {`draw('ratings.good', '88')`, "良好 85 → 88", func(a *model.Assessment) { a.Ratings.Good = model.Whole(88) }, nil},
		"ranked from":       {`type('ranked.min_assessed', '7'); draw('ranked.verified', '0.75')`, "已核实比例达到 0.9 → 0.75、应公开任务达到 1 → 7", func(a *model.Assessment) { a.Verified, a.MinAssessed = model.Hundredths(75), 7 }, nil},
		"a cap": {`draw('caps.backdated', '2'); choose('best.backdated', 'pass')`, "经核实的补录达到 不设 → 2（最高为合格）", func(a *model.Assessment) {
			a.RatingCaps.Backdated = model.RatingCap{From: model.Whole(2), Best: model.RatingCode{Code: "pass"}}
		}, nil},
		"due days": {`choose('item', 'I2'); draw('due_days', String(Number(form.elements.due_days.value) + 5))`, "I2 → 20 天", nil, map[string]uint16{"I2": 20}},
	} {
		t.Run(name, func(t *testing.T) {
			visit(t, ctx, server.URL+"/what-if?lang=zh", 1440, "light")
			script := `(function () {
  var form = document.querySelectorAll('form.trying')[1];
  function set(input, value, event) { input.value = value; input.dispatchEvent(new Event(event)); }
  function type(name, value) { set(form.elements[name], value, 'input'); if (Math.abs(form.elements[name].nextSibling.value - value) > 0.5) throw new Error(name + ': the slider stands at ' + form.elements[name].nextSibling.value); }
  function draw(name, value) { set(form.elements[name].nextSibling, value, 'input'); }
  function choose(name, value) { set(form.querySelector('[name="' + name + '"]'), value, 'change'); }
  ` + test.script + `; HTMLFormElement.prototype.reportValidity.call(form);
  var valid = form.checkValidity();
  return fetch(form.action, {method: 'POST', body: new FormData(form), redirect: 'manual'}).then(function () { return valid; });
})()`
			valid, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise))
			if err != nil || !valid {
				t.Fatalf("the form is valid: %t, %v", valid, err)
			}
			if got := tries.draft.Changed(page.Text{Printer: words.Printer("zh")}); got != test.said {
				t.Errorf("it is called %q, want %q", got, test.said)
			}
			if got := tries.draft.Changed(page.Text{Printer: words.Printer("en")}); strings.ContainsFunc(got, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || got == "" {
				t.Errorf("in English it is called %q", got)
			}
			want := page.WhatIfDraft{DueDays: test.due}
			if test.change != nil {
				assessment := model.DefaultAssessment()
				assessment.Score = model.ScoreWeights{Coverage: model.Whole(40), Timeliness: model.Whole(30), Procedure: model.Whole(15), Placement: model.Whole(15)}
				test.change(&assessment)
				want.Assessment = &assessment
			}
			if written(t, want) != written(t, *tries.draft) {
				t.Errorf("the draft is %s\nwant %s", written(t, *tries.draft), written(t, want))
			}
		})
	}
}

// written is a draft as text, its assessment as a file has it.
func written(t *testing.T, draft page.WhatIfDraft) string {
	t.Helper()
	text, err := yaml.Marshal(draft.Assessment)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(draft.Name, draft.DueDays, "\n", string(text))
}
