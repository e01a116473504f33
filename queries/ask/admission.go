package ask

import "context"

// Admission lets an answer be computed, or refuses with an error; done is called when it is computed.
type Admission func(ctx context.Context) (done func(), err error)

type admissionKey struct{}

// WithAdmission returns a context with which Cached asks before it computes an answer; what it remembers it answers without.
func WithAdmission(ctx context.Context, admission Admission) context.Context {
	return context.WithValue(ctx, admissionKey{}, admission)
}

// admitted computes an answer when the context's admission, if there is one, lets it.
func admitted[Answer any](ctx context.Context, compute func() (Answer, error)) (Answer, error) {
	if admission, limited := ctx.Value(admissionKey{}).(Admission); limited {
		done, err := admission(ctx)
		if err != nil {
			var none Answer
			return none, err
		}
		defer done()
	}
	return compute()
}
