package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"yangguang/collector/online"
)

// secrets are the values of secret headers, by header.
type secrets map[string]string

func (s secrets) values() []string {
	return slices.Sorted(maps.Values(s))
}

func (s *Source) secrets() (secrets, error) {
	read := secrets{}
	for header, secret := range s.config.SecretHeaders {
		value, err := secret.Read("secret_headers: "+header, s.base)
		if err != nil {
			return nil, err
		}
		read[header] = value
	}
	return read, nil
}

// request asks for the page at a place in the list: parameters go into the form or the body of a POST, else into the address.
func (s *Source) request(where *place, secrets secrets) (online.Request, error) {
	request := online.Request{Method: s.config.method(), URL: s.began.Fill(s.config.URL), Header: http.Header{}, Reads: true}
	request.Keep = request.Method == http.MethodGet
	request.Header.Set("Accept", "application/json")
	for name, value := range s.config.Headers {
		request.Header.Set(name, s.began.Fill(value))
	}
	for name, value := range secrets {
		request.Header.Set(name, value)
	}
	parameters := where.parameters()
	if where.paging.Style == "link" && where.cursor != "" {
		request.URL, parameters = where.cursor, nil
	}
	switch {
	case s.config.Form != nil:
		form := url.Values{}
		for name, value := range s.config.Form {
			form.Set(name, s.began.Fill(value))
		}
		for name, value := range parameters {
			form.Set(name, value)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Body = []byte(form.Encode())
		return request, nil
	case s.config.Body != nil:
		return s.withBody(request, where, parameters)
	}
	address, err := url.Parse(request.URL)
	if err != nil {
		return request, fmt.Errorf("url: %w", err)
	}
	if len(parameters) > 0 {
		query := address.Query()
		for name, value := range parameters {
			query.Set(name, value)
		}
		address.RawQuery = query.Encode()
	}
	request.URL = address.String()
	return request, nil
}

// withBody sends parameters within the JSON body: numbers as numbers.
func (s *Source) withBody(request online.Request, where *place, parameters map[string]string) (online.Request, error) {
	body, _ := s.filled(s.config.Body).(map[string]any)
	for name, value := range parameters {
		body[name] = value
		if name == where.paging.SizeParameter || where.paging.Style != "cursor" {
			body[name] = json.Number(value)
		}
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return request, fmt.Errorf("body: cannot be written as JSON: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Body = encoded
	return request, nil
}

// filled is a value of the body with {today} in its texts filled in.
func (s *Source) filled(value any) any {
	switch value := value.(type) {
	case string:
		return s.began.Fill(value)
	case []any:
		made := make([]any, len(value))
		for i := range value {
			made[i] = s.filled(value[i])
		}
		return made
	case map[string]any:
		made := map[string]any{}
		for name := range value {
			made[name] = s.filled(value[name])
		}
		return made
	}
	return value
}
