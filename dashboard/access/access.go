// Package access says who sends a request, and what he may do beside reading.
package access

import "context"

// User is who sends a request. The zero value is somebody unknown, who may only read.
type User struct {
	Name     string // empty: not known
	Clerk    bool   // notes what becomes of rectification notices
	Operator bool   // freezes packs, and sees who changed what
}

type userKey struct{}

// With is a request's context with its user.
func With(ctx context.Context, user User) context.Context {
	return context.WithValue(ctx, userKey{}, user)
}

// Of is who sends the request of a context.
func Of(ctx context.Context) User {
	user, _ := ctx.Value(userKey{}).(User)
	return user
}
