package digest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"yangguang/dashboard/digest/channel"
)

// killsVariable asks for a year with so many kills; without it days or weeks pass with a few.
const killsVariable = "YANGGUANG_TEST_KILLS"

// mishaps are what happens to messages at random: one in so many meets a kill before it was sent, one a kill afterwards, one a channel that refuses it.
type mishaps struct {
	random   *rand.Rand
	oneIn    int
	most     int // kills
	killed   int
	refusals int
}

// errKilled stands for a kill after the message has arrived.
var errKilled = errors.New("killed after it was sent")

func (m *mishaps) next() (before, after error) {
	switch m.random.IntN(m.oneIn) {
	case 0:
		if m.killed < m.most {
			m.killed++
			panic("killed before it was sent")
		}
	case 1:
		if m.killed < m.most {
			m.killed++
			return nil, errKilled
		}
	case 2:
		m.refusals++
		return &channel.RefusedError{Reason: io.ErrClosedPipe}, nil
	}
	return nil, nil
}

func (m *mishaps) check(t *testing.T) {
	t.Helper()
	if m.killed != m.most || m.refusals == 0 {
		t.Errorf("%d kills, want %d; %d refusals", m.killed, m.most, m.refusals)
	}
}

// killing is a box whose kills are panics, before or after it has taken the message.
type killing struct{ *box }

func (k killing) Send(ctx context.Context, m channel.Message) error {
	err := k.box.Send(ctx, m)
	if err == errKilled {
		panic(err.Error())
	}
	return err
}

// interrupted sends what is due; whether a kill or a refusal has left something to begin again.
func interrupted(t *testing.T, s *Sender) (again bool) {
	defer func() {
		if problem := recover(); problem != nil {
			if !strings.HasPrefix(fmt.Sprint(problem), "killed") {
				panic(problem)
			}
			again = true
		}
	}()
	_, err := s.Send(t.Context())
	if err != nil && !errors.Is(err, io.ErrClosedPipe) {
		t.Fatal(err)
	}
	return err != nil
}
