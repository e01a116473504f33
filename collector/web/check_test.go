package web_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/web"
)

func TestEveryMistakeIsListed(t *testing.T) {
	_, err := web.New(Decode(t, `
kind: feed
url: www.example.gov.cn/list
base: zwgk
scope: 大家
encoding: utf-99
form: {page: '1'}
rows: 'li['
only: ':nope'
upload_day: ['(', '(?P<year>\d{4})']
fields:
  url: {select: a, from: title}
  date: span
  published_on: {match: '['}
  title: {from: link}
paging: {address: index.html, first: 0, next: a}
detail: {method: PUT}
titles:
  - match: '(?P<unit>.+)('
  - item: S1
  - match: '(.+)'
    unit: $2
`), plain{})
	if err == nil {
		t.Fatal("no error")
	}
	want := []string{
		`name is missing`,
		`kind is "feed", not web`,
		`covers: missing; an online source must say what it reports: all, or some of tiers, within, units and items`,
		`url: "www.example.gov.cn/list" is not the address of a page; write it whole, like https://www.example.gov.cn/zwgk/`,
		`base: "zwgk" is not an address; write it whole, like https://www.example.gov.cn/zwgk/`,
		`scope "大家" is unknown; one of society (社会公开), party (党内公开), unit (单位公开), designated (特定范围)`,
		`form and body are sent by method: POST only; write the parameters of a GET into the address`,
		`encoding: "utf-99" is unknown; write utf-8, gb18030 or big5`,
		`rows: "li[" is not a CSS selector: expected identifier, found EOF instead`,
		`only: ":nope" is not a CSS selector: unknown pseudoclass or pseudoelement :nope`,
		`fields: "date" is not a field; one of record_id, unit, parent, item, title, event_id, period, occurred_on, proposed_on, reviewed_on, approved_on, published_on, uploaded_on, withdrawn_on, scope, channel, url, attachment`,
		"fields: published_on: match: \"[\" is not a regular expression: error parsing regexp: missing closing ]: `[`",
		`fields: title: from: "link" is unknown; one of title, url, attachment, page`,
		`fields: url: only one of select, meta, from and value says where the text stands; write alternatives as a list`,
		`detail: method: "PUT" is unknown; GET or POST`,
		`detail: fields is missing; say which fields stand on the page behind a row`,
		`paging: address: "index.html" does not say where the number of the page stands; write it like index_{page}.html`,
		`paging: first and step are for pages by number, and {page} stands neither in url, form, body nor paging.address`,
		"titles: rule 1: match: \"(?P<unit>.+)(\" is not a regular expression: missing closing ) at \"(?P<unit>.+)(\"",
		`titles: rule 2: match is missing; write a regular expression such as '^{period}{unit}.*三公经费'`,
		`titles: rule 3: unit: "$2" speaks of the group 2, which "(.+)" does not have`,
		"upload_day: \"(\" is not a regular expression: error parsing regexp: missing closing ): `(`",
		`upload_day: "(?P<year>\\d{4})" has a group year but not month and day`,
	}
	got := strings.Split(strings.ReplaceAll(err.Error(), `source "": `, ""), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnknownKeysOfFields(t *testing.T) {
	var config web.Config
	err := yaml.Unmarshal([]byte("name: a\nfields:\n  title: [a, {select: b, atr: title}]\n"), &config)
	if err == nil || !strings.Contains(err.Error(), `line 3: unknown key "atr" of a field; one of select, nth, attr`) {
		t.Errorf("error: %v", err)
	}
}

func TestConfigHashFollowsWhatIsRead(t *testing.T) {
	hash := func(more string) string {
		source, err := web.New(Decode(t, head+"url: https://a.gov.cn/\nrows: li\n"+more), plain{})
		if err != nil {
			t.Fatal(err)
		}
		return source.ConfigHash()
	}
	usual := hash("fields: {title: a}\n")
	if hash("fields: {title: a}\nschedule: '@every 1h'\n") != usual {
		t.Error("the schedule changes the hash")
	}
	if hash("fields: {title: b}\n") == usual {
		t.Error("another selector does not change the hash")
	}
}
