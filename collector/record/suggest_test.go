package record

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	for name, test := range map[string]struct {
		text, among, want string
	}{
		"a letter too few":        {"党务公开目", "党务公开目录|三会一课|民主评议党员", "党务公开目录"},
		"a letter changed":        {"三会1课", "党务公开目录|三会一课|民主评议党员", "三会一课"},
		"letters changed places":  {"lsiten", "listen|language|limits", "listen"},
		"a part of a name":        {"民主评议", "党务公开目录|三会一课|民主评议党员情况", "民主评议党员情况"},
		"a name and more":         {"三会一课开展情况", "党务公开目录|三会一课", "三会一课"},
		"the nearest first":       {"财务公开", "党务公开|财务公示|村务公开", "党务公开|财务公示|村务公开"},
		"case, width and spaces":  {"ＬＩＳＴ EN", "listen|language", "listen"},
		"nothing is near":         {"天气预报", "党务公开目录|三会一课", ""},
		"a single letter":         {"村", "村务|村", ""},
		"nothing but white space": {" ", "村务|村", ""},
		"cut short":               {"区直", "区委|区直单位", "区直单位|区委"},
		"at most three":           {"事项一", "事项二|事项三|事项四|事项五", "事项二|事项三|事项四"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(Nearest(test.text, strings.Split(test.among, "|")), "|"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	for text, want := range map[string]string{"党内公示": "party (党内公开)", "websit": "website (网站)", "天气预报": ""} {
		if got := append(Scopes(), Channels()...).Nearest(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
