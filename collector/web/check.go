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
	"yangguang/collector/online"
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
		[]error{c.Covered.Check()}, s.checkAddresses(), codesOf(c), c.Request.check(""), c.Content.check(""), s.compileRows(), s.compileFields(),
		c.Entrance.check(c.URL), c.Entrance.checkValues(c.asked()), s.checkPaging(),
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

// asked is all that pages are asked with.
func (c *Config) asked() string {
	texts := append(slices.Concat(c.URL, slices.Collect(maps.Values(c.Form)), slices.Collect(maps.Values(c.Headers))), c.Body, c.Paging.Address, c.Entrance.pattern())
	if detail := c.Detail; detail != nil {
		texts = append(slices.Concat(texts, slices.Collect(maps.Values(detail.Form)), slices.Collect(maps.Values(detail.Headers))), detail.Body)
	}
	return strings.Join(texts, "\n")
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
	addresses := s.config.URL
	if len(addresses) == 0 && (s.config.Entrance == nil || len(s.config.Entrance.List) == 0) {
		addresses = []string{""}
	}
	for i, address := range addresses {
		if err := online.CheckAddress(address); err != nil {
			problems = append(problems, fmt.Errorf("url: %w", err))
		} else if slices.Contains(addresses[:i], address) {
			problems = append(problems, fmt.Errorf("url: %q stands there twice", address))
		}
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
			problems = append(problems, fmt.Errorf("%s %q %s", code.key, *code.value, code.known.Unknown(*code.value)))
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
	for _, sent := range []struct {
		name   string
		values map[string]string
	}{{"form", r.Form}, {"headers", r.Headers}} {
		for _, key := range slices.Sorted(maps.Keys(sent.values)) {
			if err := online.CheckDays(sent.values[key]); err != nil {
				problems = append(problems, fmt.Errorf("%s%s: %s: %w", where, sent.name, key, err))
			}
		}
	}
	if err := online.CheckDays(r.Body); err != nil {
		problems = append(problems, fmt.Errorf("%sbody: %w", where, err))
	}
	return problems
}

func (c *Content) check(where string) (problems []error) {
	if c.Format != "" && c.Format != formatHTML && c.Format != formatJSON && c.Format != formatText {
		problems = append(problems, fmt.Errorf("%sformat: %q is unknown; %s, %s or %s", where, c.Format, formatHTML, formatJSON, formatText))
	}
	if c.Format == formatJSON && c.Fragment != "" {
		problems = append(problems, fmt.Errorf("%sfragment: it is HTML that is read, so format is %s", where, formatHTML))
	}
	if known, _ := charset.Lookup(c.Encoding); c.Encoding != "" && known == nil {
		problems = append(problems, fmt.Errorf("%sencoding: %q is unknown; write utf-8, gb18030 or big5", where, c.Encoding))
	}
	if err := c.compile(); err != nil {
		problems = append(problems, fmt.Errorf("%sextract: %w", where, err))
	}
	return problems
}

func (s *Source) compileRows() (problems []error) {
	switch s.config.Format {
	case formatJSON:
		return nil
	case formatText:
		var err error
		if s.matches, err = regexp.Compile(s.config.Rows); err != nil || s.config.Rows == "" {
			problems = append(problems, fmt.Errorf(`rows: %q is not a regular expression; with format: text write one that matches a row, such as '"(?P<url>[^"]+)","(?P<title>[^"]+)"'`, s.config.Rows))
		}
		return problems
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
	asData := s.config.Format == formatJSON || s.config.Format == formatText
	values := slices.Sorted(maps.Keys(s.config.Values))
	for _, name := range values {
		if !valueName.MatchString(name) || slices.Contains(fieldNames, name) || name == "page" || name == "today" {
			problems = append(problems, fmt.Errorf("values: %q cannot be the name of a value; write one in Latin letters that is no field's, such as id", name))
		}
		if err := s.config.Values[name].prepare(asData); err != nil {
			problems = append(problems, fmt.Errorf("values: %s: %w", name, err))
		}
	}
	problems = append(problems, compileFields("fields", s.config.Fields, asData, values)...)
	for _, name := range slices.Sorted(maps.Keys(s.config.Fixed)) {
		if !slices.Contains(fieldNames, name) {
			problems = append(problems, fmt.Errorf("fixed: %q is not a field; one of %s", name, strings.Join(fieldNames, ", ")))
		}
	}
	if len(s.config.Fields["title"]) == 0 && len(s.config.Fields["url"]) == 0 {
		problems = append(problems, errors.New("fields: title is missing; write for instance title: a"))
	}
	if detail := s.config.Detail; detail != nil {
		problems = append(problems, compileFields("detail: fields", detail.Fields, detail.Format == formatJSON, values)...)
		problems = append(problems, detail.checkNames(append(values, s.config.Entrance.names()...))...)
		problems = append(problems, detail.Request.check("detail: ")...)
		problems = append(problems, detail.Content.check("detail: ")...)
		if err := detail.URL.prepare(asData, values...); err != nil {
			problems = append(problems, fmt.Errorf("detail: url: %w", err))
		}
		if len(detail.Fields) == 0 {
			problems = append(problems, errors.New("detail: fields is missing; say which fields stand on the page behind a row"))
		}
	}
	return problems
}

// valueName is the name of a further value.
var valueName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// checkNames complains about {name} in what detail pages are asked with that is no value of a row.
func (d *Detail) checkNames(values []string) (problems []error) {
	if d.Format == formatText {
		problems = append(problems, fmt.Errorf("detail: format: %q is of lists; %s or %s", d.Format, formatHTML, formatJSON))
	}
	known := slices.Concat(fieldNames, values, []string{"today"})
	texts := append(slices.Collect(maps.Values(d.Form)), d.Body)
	for _, found := range named.FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		if !slices.Contains(known, found[1]) {
			problems = append(problems, fmt.Errorf("detail: %s is no value of a row; one of %s", found[0], strings.Join(known, ", ")))
		}
	}
	return problems
}

func compileFields(where string, fields map[string]Field, asJSON bool, values []string) (problems []error) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(fieldNames, name) {
			problems = append(problems, fmt.Errorf("%s: %q is not a field; one of %s", where, name, strings.Join(fieldNames, ", ")))
		}
		if err := fields[name].prepare(asJSON, values...); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %w", where, name, err))
		}
	}
	return problems
}

func (s *Source) checkPaging() (problems []error) {
	paging := &s.config.Paging
	for key, field := range map[string]Field{"next": paging.Next, "count": paging.Count} {
		if err := field.prepare(s.config.Format == formatJSON || s.config.Format == formatText); err != nil {
			problems = append(problems, fmt.Errorf("paging: %s: %w", key, err))
		}
	}
	if paging.Address != "" && !strings.Contains(paging.Address, placeholder) {
		problems = append(problems, fmt.Errorf("paging: address: %q does not say where the number of the page stands; write it like index_{page}.html", paging.Address))
	}
	if err := online.CheckDays(paging.Address); err != nil {
		problems = append(problems, fmt.Errorf("paging: address: %w", err))
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
	if paging.StopAtKnown && len(s.config.URL) > 1 {
		problems = append(problems, errors.New("paging: stop_at_known is for a single list, and url has several; write a source for each"))
	}
	if len(paging.Next) > 0 && s.numbered() {
		problems = append(problems, errors.New("paging: next names the following page, so that {page} is of no use; write one of the two"))
	}
	return problems
}
