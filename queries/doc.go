// Package queries has the rooms of everything that is stored and asked. Imports point one way:
//
//		ask → facts → storage → clickhouse → model
//
//	  - model: the words of the specification as types; score: a unit's score taken apart
//	  - clickhouse: the connection, to a server, a cluster or the embedded engine
//	  - storage: tables and views, whether they hold all that was written, backups
//	  - registry, records, freeze, retention: what is written, and let go
//	  - facts: what every obligation of a day is, computed once and stored in parts
//	  - ask: questions, answered from facts, for insiders or everyone
//	  - sql: the statements
//
// The tests here are of all of them together.
package queries
