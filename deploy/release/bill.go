package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
)

// bill is a bill of materials in the form of CycloneDX 1.5.
type bill struct {
	Format      string         `json:"bomFormat"`
	SpecVersion string         `json:"specVersion"`
	Version     int            `json:"version"`
	Metadata    billMetadata   `json:"metadata"`
	Components  []billMaterial `json:"components"`
}

type billMetadata struct {
	Component billMaterial `json:"component"`
}

type billMaterial struct {
	Type     string        `json:"type"`
	Name     string        `json:"name"`
	Version  string        `json:"version"`
	Address  string        `json:"purl,omitempty"`
	Licences []billLicence `json:"licenses,omitempty"`
	Hashes   []billHash    `json:"hashes,omitempty"`
}

type billLicence struct {
	Expression string `json:"expression"`
}

type billHash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

// writeBill writes the bill of materials of the program.
func writeBill(path, version, program string, contents []component) error {
	file, err := os.Open(program)
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	text := bill{Format: "CycloneDX", SpecVersion: "1.5", Version: 1}
	text.Metadata.Component = billMaterial{
		Type: "application", Name: "yangguang", Version: version, Licences: []billLicence{{"Apache-2.0"}},
		Hashes: []billHash{{"SHA-256", hex.EncodeToString(hash.Sum(nil))}},
	}
	for _, one := range contents {
		material := billMaterial{Type: "library", Name: one.Name, Version: one.Version, Address: one.Address}
		if one.Licence != "" {
			material.Licences = []billLicence{{one.Licence}}
		}
		text.Components = append(text.Components, material)
	}
	content, err := json.MarshalIndent(text, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(content, '\n'), 0o644)
}
