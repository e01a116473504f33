package main

import (
	"fmt"
	"slices"
)

// isClerk says whether a user of web_config may note what becomes of rectification notices. Without users nobody is known by his name.
func (c *config) isClerk(user string) bool {
	if c.WebConfig == "" || !slices.Contains(c.Clerks, user) {
		return false
	}
	asked, _, err := c.WebConfig.credentials()
	return err == nil && asked.users[user] != ""
}

// checkClerks refuses clerks whom web_config does not name.
func (c *config) checkClerks() error {
	if len(c.Clerks) == 0 {
		return nil
	}
	if c.WebConfig == "" {
		return userMistake(fmt.Errorf("clerks: %s: nobody can be known by his name without web_config: name a file with basic_auth_users", c.Clerks[0]))
	}
	asked, _, err := c.WebConfig.credentials()
	if err != nil {
		return userMistake(err)
	}
	for _, clerk := range c.Clerks {
		if asked.users[clerk] == "" {
			return userMistake(fmt.Errorf("clerks: %s: %s has no such user in basic_auth_users: add him there, or leave him out", clerk, c.WebConfig))
		}
	}
	return nil
}
