package tests

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yangguang/dashboard/access"
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
		o.WhatIf = tried{store, may, page.WhatIfTried{What: "units-2027.csv", Result: &result}}
	}
}

func (w tried) May(user access.User) bool { return w.may(user) }

func (w tried) Items(ctx context.Context) ([]model.Item, error) {
	return registry.ItemsInForce(ctx, w.store.Store)
}

func (tried) Try(context.Context, page.WhatIfDraft, model.Question) (string, error) { return "x", nil }

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
	_, shown := as(theClerk, http.MethodGet, "/what-if?try=x", "")
	checkHas(t, shown, "units-2027.csv", "村2", "取消", "没有保存任何内容")
	for _, list := range []string{"groups", "units", "obligations"} {
		status, exported := as(theClerk, http.MethodGet, "/what-if?try=x&export="+list+".csv", "")
		if status != http.StatusOK || strings.Count(exported, "\n") < 2 {
			t.Errorf("%s: status %d\n%.1000s", list, status, exported)
		}
	}
}
