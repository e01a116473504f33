package config

import "time"

// defaultWarnAfterDays is backup.warn_after_days where the configuration does not say it.
const defaultWarnAfterDays = 30

// Backup says when the last backup is too long ago (key backup).
type Backup struct {
	WarnAfterDays *uint16 `yaml:"warn_after_days"` // 0: never
}

// WarnAfter is how long after a backup the next one is overdue; 0: never.
func (b Backup) WarnAfter() time.Duration {
	days := uint16(defaultWarnAfterDays)
	if b.WarnAfterDays != nil {
		days = *b.WarnAfterDays
	}
	return time.Duration(days) * 24 * time.Hour
}
