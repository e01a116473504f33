package collector

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/record"
	"yangguang/queries/model"
)

// Coverage is `covers` of an online source: which units and items it reports (SPEC §4). Units are those of the tiers, within
// the subtrees, among the list, whichever of the three are given; what is not given restricts nothing. In yangguang.yaml it
// is a mapping of these keys, each a value or a list, or the word all.
type Coverage struct {
	All    bool
	Tiers  []string // committee, discipline, organ, town, subdistrict, village, community
	Within []string // unit_id of the roots of subtrees
	Units  []string // id, name or alias
	Items  []string // id, name or alias
}

// UnmarshalYAML reads the word all or a mapping.
func (c *Coverage) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode && node.Value == "all" {
		*c = Coverage{All: true}
		return nil
	}
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: covers: expected all, or some of tiers, within, units and items", node.Line)
	}
	lists := map[string]*[]string{"tiers": &c.Tiers, "within": &c.Within, "units": &c.Units, "items": &c.Items}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		list, known := lists[key.Value]
		if !known {
			return fmt.Errorf("line %d: covers: unknown key %q; expected tiers, within, units or items", key.Line, key.Value)
		}
		if value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			*list = []string{value.Value}
			continue
		}
		if err := value.Decode(list); err != nil || len(*list) == 0 {
			return fmt.Errorf("line %d: covers: %s: expected a value or a list of values", key.Line, key.Value)
		}
	}
	return nil
}

// tiers are those of SPEC §2.
var tiers = []string{"committee", "discipline", "organ", "town", "subdistrict", "village", "community"}

// Check says what is wrong with the coverage whatever the registry.
func (c Coverage) Check() error {
	if !c.All && len(c.Tiers)+len(c.Within)+len(c.Units)+len(c.Items) == 0 {
		return errors.New("covers: missing; an online source must say what it reports: all, or some of tiers, within, units and items")
	}
	for _, tier := range c.Tiers {
		if !slices.Contains(tiers, tier) {
			return fmt.Errorf("covers: tiers: %q is unknown; one of %s", tier, strings.Join(tiers, ", "))
		}
	}
	return nil
}

// Of lists what the source of that name covers in the registry; "*" stands for all units or all items.
func (c Coverage) Of(source string, registry model.Registry) ([]model.Cover, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("source %q: %w", source, err)
	}
	resolver := record.NewResolver(registry)
	units, problem := c.unitsOf(registry, resolver)
	items, itemProblem := c.itemsOf(resolver)
	if err := errors.Join(problem, itemProblem); err != nil {
		return nil, fmt.Errorf("source %q: %w", source, err)
	}
	covers := make([]model.Cover, 0, len(units)*len(items))
	for _, unit := range units {
		for _, item := range items {
			covers = append(covers, model.Cover{Source: source, UnitID: unit, ItemID: item})
		}
	}
	return covers, nil
}

func (c Coverage) unitsOf(registry model.Registry, resolver *record.Resolver) ([]string, error) {
	if len(c.Tiers)+len(c.Within)+len(c.Units) == 0 {
		return []string{"*"}, nil
	}
	var problems []error
	for _, root := range c.Within {
		if _, ok := resolver.UnitByID(root); !ok {
			problems = append(problems, fmt.Errorf("covers: within: %q is not a unit_id of the registry", root))
		}
	}
	listed := map[string]bool{}
	for _, unit := range c.Units {
		id, problem := resolver.Unit(unit, "", "")
		if problem != nil {
			problems = append(problems, fmt.Errorf("covers: units: %w", problem))
		}
		listed[id] = true
	}
	var units []string
	for _, unit := range registry.Units {
		if (len(c.Tiers) == 0 || slices.Contains(c.Tiers, unit.Tier)) && (len(listed) == 0 || listed[unit.ID]) &&
			(len(c.Within) == 0 || slices.ContainsFunc(c.Within, func(root string) bool { return resolver.IsWithin(unit.ID, root) })) {
			units = append(units, unit.ID)
		}
	}
	if len(problems) == 0 && len(units) == 0 {
		problems = append(problems, errors.New("covers: no unit of the registry is of these tiers, within these subtrees and among these units"))
	}
	return units, errors.Join(problems...)
}

func (c Coverage) itemsOf(resolver *record.Resolver) ([]string, error) {
	if len(c.Items) == 0 {
		return []string{"*"}, nil
	}
	var items []string
	var problems []error
	for _, text := range c.Items {
		item, problem := resolver.Item(text)
		if problem != nil {
			problems = append(problems, fmt.Errorf("covers: items: %w", problem))
			continue
		}
		if !slices.Contains(items, item.ID) {
			items = append(items, item.ID)
		}
	}
	return items, errors.Join(problems...)
}
