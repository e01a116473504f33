package wechat

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"yangguang/collector"
	"yangguang/collector/online"
)

// entries makes of a publication its articles. One that was deleted is left out, as from a page on which it is not shown any
// more: whether it was ever seen, and so from when on it is withdrawn, the records know (SPEC §3 "complete").
func (s *Source) entries(published publication, sink collector.Sink) []online.Entry {
	var entries []online.Entry
	for i, content := range published.Content.Articles {
		id := published.ArticleID + "#" + strconv.Itoa(i+1)
		entry := online.Entry{Place: "freepublish/" + id, Content: string(content)}
		var read article
		if err := json.Unmarshal(content, &read); err != nil {
			entry.Problem = fmt.Sprintf("the article is not what the platform's documentation says: %v", err)
			entries = append(entries, entry)
			continue
		}
		if read.Deleted {
			online.LeaveOut(sink, entry.Place, "the article was deleted (is_deleted)", entry.Content)
			continue
		}
		entry.Fields.Title = strings.Join(strings.Fields(read.Title), " ")
		entry.Fields.URL = read.URL
		entry.Fields.PublishedOn = online.Epoch(float64(published.published()))
		if entry.Fields.RecordID = id; published.ArticleID == "" {
			entry.Problem = "article_id: is missing"
		}
		entries = append(entries, entry)
	}
	return entries
}
