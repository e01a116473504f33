package wechat

import (
	"encoding/json"
	"errors"
)

// page is an answer of freepublish/batchget.
type page struct {
	Items []publication `json:"item"`
}

// publication is one or more articles published at once.
type publication struct {
	ArticleID string `json:"article_id"`
	Content   struct {
		Articles []json.RawMessage `json:"news_item"`
		Created  int64             `json:"create_time"`
		Updated  int64             `json:"update_time"`
	} `json:"content"`
	Updated int64 `json:"update_time"`
}

// article is one of them.
type article struct {
	Title   string `json:"title"`
	Author  string `json:"author"`
	URL     string `json:"url"`
	Deleted bool   `json:"is_deleted"`
}

// parse reads a page. A list without the key item is none: an empty one has it.
func parse(body []byte) (page, error) {
	var read struct {
		page
		Count *int `json:"item_count"`
		Total *int `json:"total_count"`
	}
	if err := decode(body, &read); err != nil {
		return page{}, err
	}
	if read.Items == nil && read.Count == nil && read.Total == nil {
		return page{}, errors.New("the answer has neither item nor total_count; is base the platform's address?")
	}
	return read.page, nil
}

// published is when the publication was made, in seconds since 1970; 0 when the answer does not say.
func (p publication) published() int64 {
	for _, second := range []int64{p.Content.Created, p.Content.Updated, p.Updated} {
		if second > 0 {
			return second
		}
	}
	return 0
}
