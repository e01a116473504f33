package district

import (
	"strings"
	"time"
)

// notice is a rectification notice about an item that was not published; its ledger must tell the same story.
type notice struct {
	unit, item        string
	issued, rectified time.Time
}

// addNotice reads one row of notices.csv, which has Chinese headers.
func (d *registered) addNotice(r row) (err error) {
	n := notice{unit: r["单位编号"], item: r["事项编号"]}
	for key, at := range map[string]*time.Time{"印发日期": &n.issued, "整改完成日期": &n.rectified} {
		r[key] = strings.ReplaceAll(r[key], "/", "-")
		if *at, err = r.day(key); err != nil {
			return err
		}
	}
	for _, about := range []string{"未公开", "未按季公开", "不及时", "逾期"} {
		if strings.Contains(r["问题"], about) {
			d.notices = append(d.notices, n)
			break
		}
	}
	return nil
}

// noticed finds the notice about a period: the last one that was due before it was issued.
func (d *registered) noticed(u unit, i item, p period, due time.Time) (notice, bool) {
	next := p.last.AddDate(0, 0, 1).AddDate(0, p.months, -1)
	for _, n := range d.notices {
		if n.unit == u.id && n.item == i.id && due.Before(n.issued) && !d.calendar.due(next, i.dueDays, i.working).Before(n.issued) {
			return n, true
		}
	}
	return notice{}, false
}
