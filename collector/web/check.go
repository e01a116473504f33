package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html/charset"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/title"
)

// prepare checks the configuration and compiles what it consists of. The error lists all that is wrong, each with what
// would be right.
func (s *Source) prepare() error {
	var problems []error
	wrong := func(format string, values ...any) {
		problems = append(problems, fmt.Errorf("source %q: "+format, append([]any{s.config.Name}, values...)...))
	}
	c := &s.config
	if strings.TrimSpace(c.Name) == "" {
		wrong("name is missing")
	}
	if c.Kind != "" && c.Kind != Kind {
		wrong("kind is %q, not %s", c.Kind, Kind)
	}
	for _, problem := range slices.Concat(
		[]error{c.Covered.Check()}, s.checkAddresses(), codesOf(c), c.Request.check(""), c.Content.check(""), s.compileRows(), s.compileFields(), s.checkPaging(),
	) {
		if problem != nil {
			wrong("%w", problem)
		}
	}
	var err error
	if s.titles, err = title.Compile(c.Titles); err != nil {
		wrong("%w", err)
	}
	for _, text := range c.UploadDay {
		pattern, err := regexp.Compile(text)
		if err != nil {
			wrong("upload_day: %q is not a regular expression: %w", text, err)
			continue
		}
		if pattern.SubexpIndex("year") > 0 && (pattern.SubexpIndex("month") < 0 || pattern.SubexpIndex("day") < 0) {
			wrong("upload_day: %q has a group year but not month and day", text)
		}
		s.uploads = append(s.uploads, pattern)
	}
	if s.hash, err = hashOf(*c); err != nil {
		wrong("%w", err)
	}
	return errors.Join(problems...)
}

// hashOf leaves out what changes neither rows nor records: when and how politely the source is read.
func hashOf(c Config) (string, error) {
	c.Schedule = ""
	c.Covered = collector.Coverage{}
	text, err := yaml.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

func (s *Source) checkAddresses() (problems []error) {
	address, err := url.Parse(strings.ReplaceAll(s.config.URL, placeholder, "1"))
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" {
		problems = append(problems, fmt.Errorf("url: %q is not the address of a page; write it whole, like https://www.example.gov.cn/zwgk/", s.config.URL))
	}
	if base, err := url.Parse(s.config.Base); err != nil || s.config.Base != "" && base.Host == "" {
		problems = append(problems, fmt.Errorf("base: %q is not an address; write it whole, like https://www.example.gov.cn/zwgk/", s.config.Base))
	}
	return problems
}

// codesOf makes codes of scope and channel, which may be written in Chinese.
func codesOf(config *Config) (problems []error) {
	for _, code := range []struct {
		key   string
		value *string
		known record.Codes
	}{{"scope", &config.Scope, record.Scopes()}, {"channel", &config.Channel, record.Channels()}} {
		if *code.value == "" {
			continue
		}
		read, ok := code.known.Read(*code.value)
		if !ok {
			problems = append(problems, fmt.Errorf("%s %q is unknown; one of %s", code.key, *code.value, code.known))
			continue
		}
		*code.value = read
	}
	return problems
}

func (r Request) check(where string) (problems []error) {
	switch method := strings.ToUpper(r.Method); {
	case method != "" && method != "GET" && method != "POST":
		problems = append(problems, fmt.Errorf("%smethod: %q is unknown; GET or POST", where, r.Method))
	case method != "POST" && (len(r.Form) > 0 || r.Body != ""):
		problems = append(problems, fmt.Errorf("%sform and body are sent by method: POST only; write the parameters of a GET into the address", where))
	case len(r.Form) > 0 && r.Body != "":
		problems = append(problems, fmt.Errorf("%sform and body cannot both be sent", where))
	}
	return problems
}

func (c Content) check(where string) (problems []error) {
	if c.Format != "" && c.Format != formatHTML && c.Format != formatJSON {
		problems = append(problems, fmt.Errorf("%sformat: %q is unknown; %s or %s", where, c.Format, formatHTML, formatJSON))
	}
	if c.Format == formatJSON && c.Fragment != "" {
		problems = append(problems, fmt.Errorf("%sfragment: it is HTML that is read, so format is %s", where, formatHTML))
	}
	if known, _ := charset.Lookup(c.Encoding); c.Encoding != "" && known == nil {
		problems = append(problems, fmt.Errorf("%sencoding: %q is unknown; write utf-8, gb18030 or big5", where, c.Encoding))
	}
	return problems
}

func (s *Source) compileRows() (problems []error) {
	if s.config.Format == formatJSON {
		return nil
	}
	for _, part := range []struct {
		key, text string
		into      *cascadia.Selector
	}{{"rows", s.config.Rows, &s.rows}, {"only", s.config.Only, &s.only}, {"without", s.config.Without, &s.without}} {
		if part.text == "" {
			if part.key == "rows" {
				problems = append(problems, errors.New("rows is missing; write a CSS selector such as .list li"))
			}
			continue
		}
		selector, err := cascadia.Compile(part.text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %q is not a CSS selector: %w", part.key, part.text, err))
		}
		*part.into = selector
	}
	return problems
}

func (s *Source) compileFields() (problems []error) {
	problems = append(problems, compileFields("fields", s.config.Fields, s.config.Format == formatJSON)...)
	for _, name := range slices.Sorted(maps.Keys(s.config.Fixed)) {
		if !slices.Contains(fieldNames, name) {
			problems = append(problems, fmt.Errorf("fixed: %q is not a field; one of %s", name, strings.Join(fieldNames, ", ")))
		}
	}
	if len(s.config.Fields["title"]) == 0 && len(s.config.Fields["url"]) == 0 {
		problems = append(problems, errors.New("fields: title is missing; write for instance title: a"))
	}
	if detail := s.config.Detail; detail != nil {
		problems = append(problems, compileFields("detail: fields", detail.Fields, detail.Format == formatJSON)...)
		problems = append(problems, detail.Request.check("detail: ")...)
		problems = append(problems, detail.Content.check("detail: ")...)
		if err := detail.URL.prepare(s.config.Format == formatJSON); err != nil {
			problems = append(problems, fmt.Errorf("detail: url: %w", err))
		}
		if len(detail.Fields) == 0 {
			problems = append(problems, errors.New("detail: fields is missing; say which fields stand on the page behind a row"))
		}
	}
	return problems
}

func compileFields(where string, fields map[string]Field, asJSON bool) (problems []error) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(fieldNames, name) {
			problems = append(problems, fmt.Errorf("%s: %q is not a field; one of %s", where, name, strings.Join(fieldNames, ", ")))
		}
		if err := fields[name].prepare(asJSON); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %w", where, name, err))
		}
	}
	return problems
}

func (s *Source) checkPaging() (problems []error) {
	paging := &s.config.Paging
	for key, field := range map[string]Field{"next": paging.Next, "count": paging.Count} {
		if err := field.prepare(s.config.Format == formatJSON); err != nil {
			problems = append(problems, fmt.Errorf("paging: %s: %w", key, err))
		}
	}
	if paging.Address != "" && !strings.Contains(paging.Address, placeholder) {
		problems = append(problems, fmt.Errorf("paging: address: %q does not say where the number of the page stands; write it like index_{page}.html", paging.Address))
	}
	if (paging.First != nil || paging.Step != 0) && !s.numbered() {
		problems = append(problems, errors.New("paging: first and step are for pages by number, and {page} stands neither in url, form, body nor paging.address"))
	}
	if paging.Step < 0 || paging.Max < 0 {
		problems = append(problems, errors.New("paging: step and max are numbers above 0"))
	}
	if paging.StopAtKnown && s.config.Complete {
		problems = append(problems, errors.New("paging: stop_at_known leaves pages unread, and complete: true needs all of them; write one of the two"))
	}
	if len(paging.Next) > 0 && s.numbered() {
		problems = append(problems, errors.New("paging: next names the following page, so that {page} is of no use; write one of the two"))
	}
	return problems
}
