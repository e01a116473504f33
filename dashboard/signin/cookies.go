package signin

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	sessionCookie  = "yangguang"
	underWayCookie = "yangguang-sign-in"
)

// sealer signs what browsers hold, with a key that ends with the program.
type sealer struct{ key []byte }

func newSealer() sealer {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return sealer{key}
}

// sign is of a value under the cookie's name, so that none can stand in for another.
func (s sealer) sign(name, value string) string {
	signed := hmac.New(sha256.New, s.key)
	signed.Write([]byte(name + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(signed.Sum(nil))
}

// cookies are held by browsers, for this site only, and kept from scripts.
type cookies struct {
	secure bool // readers come by https
}

func (c cookies) name(name string) string {
	if c.secure {
		return "__Host-" + name
	}
	return name
}

func (c cookies) set(w http.ResponseWriter, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: c.name(name), Value: value, Path: "/", MaxAge: seconds, Secure: c.secure, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, // strict would be left out when the provider sends the reader back
	})
}

func (c cookies) write(w http.ResponseWriter, name string, seal sealer, value any, lasts time.Duration) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // texts and times only
	}
	payload := base64.RawURLEncoding.EncodeToString(text)
	c.set(w, name, payload+"."+seal.sign(name, payload), int(lasts.Seconds()))
}

func (c cookies) clear(w http.ResponseWriter, name string) { c.set(w, name, "", -1) }

// read reads a cookie into a value if it was signed here.
func (c cookies) read(r *http.Request, name string, seal sealer, value any) bool {
	held, err := r.Cookie(c.name(name))
	if err != nil {
		return false
	}
	payload, signature, _ := strings.Cut(held.Value, ".")
	if !hmac.Equal([]byte(signature), []byte(seal.sign(name, payload))) {
		return false
	}
	text, err := base64.RawURLEncoding.DecodeString(payload)
	return err == nil && json.Unmarshal(text, value) == nil
}
