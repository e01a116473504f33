package dashboard

import "strconv"

// pagesOf leads through a list that is longer than a page; the export has the whole.
type pagesOf struct{ At, Previous, Next string } // At: 2 / 3; an address is empty where there is none

// paged cuts what the parameter page asks for out of a list; a page beyond its end is not found.
func paged[Row any](a *ask, rows []Row, size int, anchor string) ([]Row, *pagesOf, error) {
	number, err := pageAsked(a.address.get("page"))
	if err != nil {
		return nil, nil, err
	}
	count := max(1, (len(rows)+size-1)/size)
	if number > count {
		return nil, nil, &errNotFound{a.T("problem.no_page_number", "Page", number)}
	}
	part := rows[(number-1)*size : min(number*size, len(rows))]
	if count == 1 {
		return part, nil, nil
	}
	pages := &pagesOf{At: strconv.Itoa(number) + " / " + strconv.Itoa(count)}
	if number > 1 {
		pages.Previous = a.pageNumber(number-1, anchor)
	}
	if number < count {
		pages.Next = a.pageNumber(number+1, anchor)
	}
	return part, pages, nil
}

func (a *ask) pageNumber(number int, anchor string) string {
	page := ""
	if number > 1 {
		page = strconv.Itoa(number)
	}
	return a.address.with("page", page).String() + "#" + anchor
}
