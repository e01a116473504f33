package door

import (
	"fmt"
	"slices"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/access"
)

// RoleOf is what a user of web_config may do. One without a name is whoever reaches the address: he is no clerk, as nobody is known by his name, and
// an operator unless operators are named.
func RoleOf(c *config.Config, name string) access.User {
	return access.User{
		Name:     name,
		Clerk:    name != "" && slices.Contains(c.Clerks, name),
		Operator: len(c.Operators) == 0 || name != "" && slices.Contains(c.Operators, name),
	}
}

// checkRoles refuses clerks and operators whom web_config does not name.
func checkRoles(c *config.Config) error {
	for _, role := range []struct {
		key   string
		names []string
	}{{"clerks", c.Clerks}, {"operators", c.Operators}} {
		if len(role.names) == 0 {
			continue
		}
		if c.WebConfig == "" {
			return terminal.Mistake(fmt.Errorf("%s: %s: nobody can be known by his name without web_config: name a file with basic_auth_users", role.key, role.names[0]))
		}
		asked, _, err := credentialsOfFile(c.WebConfig)
		if err != nil {
			return terminal.Mistake(err)
		}
		for _, name := range role.names {
			if asked.users[name] == "" {
				return terminal.Mistake(fmt.Errorf("%s: %s: %s has no such user in basic_auth_users: add him there, or leave him out", role.key, c.WebConfig, name))
			}
		}
	}
	return nil
}
