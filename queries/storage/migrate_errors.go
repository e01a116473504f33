package storage

import "fmt"

// NewerDatabaseError says that a newer program has migrated the database.
type NewerDatabaseError struct {
	Database  string
	Migration string // the first one that this program does not know
}

func (e *NewerDatabaseError) Error() string {
	return fmt.Sprintf("the database %s was made by a newer version of this program (it knows %s, this program does not): use that version", e.Database, e.Migration)
}

// ChangedMigrationError says that the database was made by other statements than this program's.
type ChangedMigrationError struct {
	Database  string
	File      string
	Statement int // from 1
}

func (e *ChangedMigrationError) Error() string {
	return fmt.Sprintf("the database %s was made with another text of statement %d in %s: use the program that made it, or a new database", e.Database, e.Statement, e.File)
}
