package patrol

// Target is a published address that is to be visited, with the records whose address it is.
type Target struct {
	URL        string
	Records    []Record
	Failing    bool // what was last known of it, or of an attachment of its page, is a failure
	HostOpened bool // a page of its host was seen open lately
}
