package patrol

import (
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"yangguang/collector/identity"
)

// hostOf is the host of an address with its port, as it is asked; empty: it has none.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(parsed.Host)
}

// siteOf is the name under which a host was registered: files lie on other hosts of the same site.
func siteOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := strings.ToLower(parsed.Hostname())
	if _, err := netip.ParseAddr(name); err == nil {
		return name
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(name); err == nil {
		return site
	}
	return name
}

// isFront reports whether an address is the front page of its host.
func isFront(address string) bool {
	normal := identity.Address(address, nil)
	return normal != "" && !strings.ContainsAny(normal, "/?#")
}

// isSame reports whether two addresses are one in their normal form (SPEC §3).
func isSame(a, b string) bool { return identity.Address(a, nil) == identity.Address(b, nil) }

// byScripts reports whether what an address shows is made by scripts: the server is not told what is behind its #.
func byScripts(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && (strings.HasPrefix(parsed.Fragment, "/") || strings.HasPrefix(parsed.Fragment, "!"))
}

// signInAddress and errorAddress are what addresses that one is led to are called.
var (
	signInAddress = regexp.MustCompile(`(?i)(^|[/._?&=-])(login|logon|signin|sign-in|sso|cas|passport|oauth2?|authorize|denglu)([/._?&=-]|$)`)
	errorAddress  = regexp.MustCompile(`(?i)(^|[/._-])(404|error|errors|notfound|not-found|not_found|nopage|errorpage|pagenotfound)([/._?-]|$)`)
)

func named(address string, pattern *regexp.Regexp) bool {
	parsed, err := url.Parse(address)
	return err == nil && (pattern.MatchString(parsed.Path) || pattern == signInAddress && pattern.MatchString(parsed.Host))
}

// nonsense is an address that a host cannot have, beside one that it should have: the answer shows what it says of what does not exist. Addresses of the
// same family are answered alike.
func nonsense(address, random string) (family, nowhere string) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	extension := strings.ToLower(path.Ext(parsed.Path))
	if len(extension) > 6 {
		extension = ""
	}
	directory, _ := path.Split(parsed.Path)
	if directory == "" {
		directory = "/"
	}
	next := url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: directory + random + extension}
	return strings.ToLower(parsed.Scheme+"://"+parsed.Host) + " " + extension, next.String()
}

// fileNames are how names of files end that are attached to pages.
func fileNames() []string {
	return []string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps", ".ofd", ".rtf", ".csv", ".zip", ".rar", ".7z"}
}

// mostAttachments is how many attachments of one page are visited.
const mostAttachments = 20

// attachments are the files that a page links, of its own site.
func (p *page) attachments() (addresses []string) {
	base, err := url.Parse(p.address)
	if err != nil {
		return nil
	}
	if href, ok := p.document.Find("base[href]").First().Attr("href"); ok {
		if of, err := base.Parse(strings.TrimSpace(href)); err == nil {
			base = of
		}
	}
	site := siteOf(p.address)
	links := p.document.Find("a[href]")
	for i := range links.Length() {
		link := links.Eq(i)
		href, _ := link.Attr("href")
		to, err := base.Parse(strings.TrimSpace(href))
		if err != nil || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
			continue
		}
		to.Fragment = ""
		_, download := link.Attr("download")
		isFile := func(name string) bool {
			return slices.Contains(fileNames(), strings.ToLower(path.Ext(strings.TrimSpace(name))))
		}
		address := to.String()
		if !download && !isFile(to.Path) && !isFile(link.Text()) || siteOf(address) != site || slices.Contains(addresses, address) || isSame(address, p.address) {
			continue
		}
		if addresses = append(addresses, address); len(addresses) == mostAttachments {
			break
		}
	}
	return addresses
}
