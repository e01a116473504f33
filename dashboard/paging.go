package dashboard

import (
	"strconv"

	"yangguang/queries"
)

// pagesOf leads through a list that is longer than a page; the export has the whole.
type pagesOf struct{ At, First, Previous, Next, Last string } // At: 2 / 3; an address is empty where there is none

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
	return part, a.pages(number, count, anchor), nil
}

// farPages is from how many pages on the first and the last are more than a few steps away.
const farPages = 5

// pages leads on from a page of several; nil where there is one only.
func (a *ask) pages(number, count int, anchor string) *pagesOf {
	if count <= 1 {
		return nil
	}
	pages := &pagesOf{At: grouped(int64(number)) + " / " + grouped(int64(count))}
	if number > 1 {
		pages.Previous = a.pageNumber(number-1, anchor)
	}
	if number < count {
		pages.Next = a.pageNumber(number+1, anchor)
	}
	if count >= farPages && number > 2 {
		pages.First = a.pageNumber(1, anchor)
	}
	if count >= farPages && number < count-1 {
		pages.Last = a.pageNumber(count, anchor)
	}
	return pages
}

func (a *ask) pageNumber(number int, anchor string) string {
	page := ""
	if number > 1 {
		page = strconv.Itoa(number)
	}
	return a.address.with("page", page).String() + "#" + anchor
}

// pageAsked reads the parameter page, from 1.
func pageAsked(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > 1_000_000 {
		return 0, &queries.UserError{Parameter: "page", Value: text, Expected: "a whole number from 1"}
	}
	return number, nil
}
