package page

import (
	"strconv"

	"yangguang/queries/model"
)

// pagesOf leads through a list that is longer than a page; the export has the whole.
type pagesOf struct{ At, First, Previous, Next, Last string } // At: 2 / 3; an address is empty where there is none

// Paged cuts what the parameter page asks for out of a list; a page beyond its end is not found.
func Paged[Row any](a *Request, rows []Row, size int, anchor string) ([]Row, *pagesOf, error) {
	number, err := PageAsked(a.Address.Get("page"))
	if err != nil {
		return nil, nil, err
	}
	count := max(1, (len(rows)+size-1)/size)
	if number > count {
		return nil, nil, &NotFoundError{a.T("problem.no_page_number", "Page", number)}
	}
	part := rows[(number-1)*size : min(number*size, len(rows))]
	return part, a.Pages(number, count, anchor), nil
}

// farPages is from how many pages on the first and the last are more than a few steps away.
const farPages = 5

// Pages leads on from a page of several; nil where there is one only.
func (a *Request) Pages(number, count int, anchor string) *pagesOf {
	if count <= 1 {
		return nil
	}
	pages := &pagesOf{At: Grouped(int64(number)) + " / " + Grouped(int64(count))}
	if number > 1 {
		pages.Previous = a.PageNumber(number-1, anchor)
	}
	if number < count {
		pages.Next = a.PageNumber(number+1, anchor)
	}
	if count >= farPages && number > 2 {
		pages.First = a.PageNumber(1, anchor)
	}
	if count >= farPages && number < count-1 {
		pages.Last = a.PageNumber(count, anchor)
	}
	return pages
}

// PageNumber is the address of a page of a list, from 1.
func (a *Request) PageNumber(number int, anchor string) string {
	page := ""
	if number > 1 {
		page = strconv.Itoa(number)
	}
	return a.Address.With("page", page).String() + "#" + anchor
}

// PageAsked reads the parameter page, from 1.
func PageAsked(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > 1_000_000 {
		return 0, &model.UserError{Parameter: "page", Value: text, Expected: "a whole number from 1"}
	}
	return number, nil
}
