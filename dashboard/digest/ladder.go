package digest

import (
	"slices"
	"time"
)

// Role is who somebody is to the units that he is reminded of.
type Role string

// The roles, from the unit itself upwards; operators get what nobody else does.
const (
	RoleUnit       Role = "unit"
	RoleTown       Role = "town"
	RoleDistrict   Role = "district"
	RoleLeadership Role = "leadership"
	RoleOperators  Role = "operators"
)

// Roles are all roles, in that order.
func Roles() []Role { return []Role{RoleUnit, RoleTown, RoleDistrict, RoleLeadership, RoleOperators} }

// Ladder says at which rungs each role is reminded of what is not met: working days before it is due (below 0) or after it.
type Ladder map[Role][]int

// DefaultLadder is the ladder without a configuration.
func DefaultLadder() Ladder {
	return Ladder{
		RoleUnit:       {-10, -5, -2, 1, 5, 10},
		RoleTown:       {-2, 1, 5, 10},
		RoleDistrict:   {5, 10},
		RoleLeadership: {10},
	}
}

// How far from the due day a rung may be, in working days: nothing is computed of what is due after more than 30 days.
const (
	MostAhead = 15
	MostAfter = 250
)

// ahead is how many days ahead what is due is asked for.
const ahead = 30

// rungs are all rungs of all roles, in order.
func (l Ladder) rungs() (all []int) {
	for _, rungs := range l {
		all = append(all, rungs...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rolesAt are the roles that are reminded at a rung, from the unit upwards.
func (l Ladder) rolesAt(rung int) (roles []Role) {
	for _, role := range Roles() {
		if slices.Contains(l[role], rung) {
			roles = append(roles, role)
		}
	}
	return roles
}

// reached are the rungs that an obligation has come to by a day, since it became due in sight or, after its due day, since it lapsed; in order.
func reached(rungs []int, due, day time.Time, calendar Calendar) (come []int) {
	left, passed := calendar.Between(day, due), calendar.Between(due, day)
	for _, rung := range rungs {
		if before := !day.After(due); before && rung < 0 && left <= -rung || !before && rung > 0 && max(passed, 1) >= rung {
			come = append(come, rung)
		}
	}
	return come
}
