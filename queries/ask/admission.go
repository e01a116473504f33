package ask

import "context"

// Admission lets an answer be computed, or refuses with an error; done is called when it is computed.
type Admission func(ctx context.Context) (done func(), err error)

type admissionKey struct{}

// WithAdmission returns a context with which Cached asks before it computes an answer; what it remembers it answers without.
func WithAdmission(ctx context.Context, admission Admission) context.Context {
	return context.WithValue(ctx, admissionKey{}, admission)
}
