package signin

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/access"
)

// roleError says that somebody whom the provider knows has no role that may read.
type roleError struct {
	name  string
	roles []string
}

func (e *roleError) Error() string {
	return fmt.Sprintf("%s has none of the roles in oidc.readers: %q", e.name, e.roles)
}

// userOf is who a token is of, and what his roles let him do. A role that the configuration does not name lets him do nothing.
func (s *SignIn) userOf(claims map[string]any) (access.User, error) {
	name, _ := at(claims, s.options.NameClaim).(string)
	if name == "" {
		return access.User{}, fmt.Errorf("the id_token has no %s", s.options.NameClaim)
	}
	roles := texts(at(claims, s.options.RolesClaim))
	has := func(wanted []string) bool {
		return slices.ContainsFunc(roles, func(role string) bool { return slices.Contains(wanted, role) })
	}
	user := access.User{Name: name, Clerk: has(s.options.Clerks), Operator: has(s.options.Operators)}
	if len(s.options.Readers) > 0 && !has(s.options.Readers) && !user.Clerk && !user.Operator {
		return access.User{}, &roleError{name, roles}
	}
	return user, nil
}

// at is the value at a path of a token: roles, realm_access.roles; a claim whose own name has dots is found as well.
func at(claims map[string]any, path string) any {
	if value, whole := claims[path]; whole {
		return value
	}
	first, rest, deeper := strings.Cut(path, ".")
	inner, is := claims[first].(map[string]any)
	if !deeper || !is {
		return nil
	}
	return at(inner, rest)
}

// texts are a claim's values: a list of texts, or one.
func texts(claim any) (values []string) {
	switch claim := claim.(type) {
	case string:
		return []string{claim}
	case []any:
		for _, value := range claim {
			if text, is := value.(string); is {
				values = append(values, text)
			}
		}
	}
	return values
}

var errFull = errors.New("too many are signed in")
