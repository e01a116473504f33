package ask

import (
	"context"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/names"
)

// The reports (SPEC §7), details too, in their order.
var (
	Ranking      = report[model.RankingRow]("ranking")
	Obligations  = report[model.ObligationRow]("obligations")
	Lapsed       = report[model.ObligationRow]("lapsed").of(lapses)
	Items        = report[model.ItemRow]("items")
	Summary      = report[model.SummaryRow]("summary")
	Sites        = report[model.SiteRow]("sites").of(anyWindow)
	Inspections  = report[model.InspectionRow]("inspections").of(anyWindow)   // every inspection by the as-of day of the sites that the report sites lists
	Observations = report[model.ObservationRow]("observations").of(anyWindow) // every visit by the as-of day to them
	Notices      = report[model.NoticeRow]("notices")
	Sources      = report[model.SourceRow]("sources").of(anyWindow)
	Catalogue    = report[model.CatalogueRow]("catalogue")  // the items in force in the window, by catalogue and id
	Calendar     = report[model.CalendarRow]("calendar")    // the exceptions from the window's first year to the year after its last
	Exemptions   = report[model.ExemptionRow]("exemptions") // those that cover a day of the window, those of everybody first
)

// What pages ask beside them.
var (
	// RankingTotals counts the units of the report ranking, LapseTotals what the report lapsed lists.
	RankingTotals = row[model.RankingTotals]("ranking/totals")
	LapseTotals   = rows[model.LapseTotals]("lapses/totals")
	// Months are those in which the obligations of a window fall due.
	Months = rows[model.MonthRow]("overview/months")
	// Flow has the groups that have met obligations in the window, and all, in the order of the report summary; StepTimes the steps that any record
	// of a met obligation has, in their order.
	Flow      = rows[model.FlowRow]("procedure/flow")
	StepTimes = rows[model.StepTimeRow]("procedure/times")
	// Channels are those of each item's records, Evidence the sources of the records that the window published; those with most records first.
	Channels = rows[model.ChannelRow]("placement/channels")
	Evidence = rows[model.EvidenceRow]("evidence/sources")
	// FollowedNotices is what the report notices lists: overdue ones first, the longest on top, then open ones by their limit, then rectified ones, the
	// latest first.
	FollowedNotices = rows[model.FollowedNotice]("supervision/notices")
	// Institutions says how many units of each group have established which of the five institutions by the as-of day.
	Institutions = byInstitution[model.InstitutionsRow]("supervision/institutions")
	// Coverage is what each source covers.
	Coverage = rows[model.CoverageRow]("sources/coverage").of(anyWindow)
	// Demands is what has lapsed of the question's unit as a rectification notice names it, the oldest first.
	Demands = rows[model.DemandRow]("supervision/demands").in(instant)
	// Areas are what a question can be narrowed to: the units just below the one that is asked with its subtree, or below the topmost. Where there is
	// only one, those below it.
	Areas = computed("units/areas", (*Asker).areas)
	// CountUnits is how many units a question is about, active or not and of whatever group.
	CountUnits = computed("units", (*Asker).countUnits).of(place)
	// RulesInForce are the settings that were in force at the question's time of knowledge.
	RulesInForce = computed("rules", (*Asker).rulesInForce)
	// Load is the number of the registry load that was in force at the question's time of knowledge.
	Load = computed("rules/load", func(s *Asker, ctx context.Context, question model.Question, _ []any) (uint64, error) {
		return facts.LoadInForce(ctx, s.Store, question)
	}).of(knowledge).in(instant)
	// Beginning is the day before which nobody is accused (SPEC §5), at midnight UTC: since of the configuration in force at the question's time of
	// knowledge, else 1 January of the year of the first look of any source that the database holds, whatever the question's as-of day and time of
	// knowledge. Without any look it is long before any window.
	Beginning = computed("rules/beginning", (*Asker).beginning).of(knowledge)
)

var allResults = computed("ranking/with_summaries", (*Asker).results).in(bulky)

// Results asks for the ranking and the summaries: of a group what is known of all groups.
func Results(ctx context.Context, answers Answerer, question model.Question) (model.Results, error) {
	group := question.Group
	question.Group = "all"
	all, err := Run(ctx, answers, allResults, question)
	return all.OfGroup(group), err
}

// Lacking lists the units that lack an institution, those that lack most first, at most so many.
func Lacking(limit int) Query[[]model.LackingRow] {
	return byInstitution[model.LackingRow]("supervision/lacking").with("limit", limit)
}

func byInstitution[Row any](name string) Query[[]Row] {
	return rows[Row](name).with("institutions", model.Codes("institution")).with("groups", model.Codes("group")).of(anyWindow)
}

// RankingPart is a part of the report ranking. Errors: *UserError for what cannot be asked.
func RankingPart(part model.RankingPart) Query[[]model.PlacedUnit] {
	return computed("ranking/part", func(s *Asker, ctx context.Context, question model.Question, _ []any) ([]model.PlacedUnit, error) {
		return s.rankingPart(ctx, question, part)
	}).with("part", part)
}

// Ticks lists, of some units, the months in which obligations of the window fall due.
func Ticks(units []string) Query[[]model.TickRow] {
	return rows[model.TickRow]("ranking/ticks").with("units", units)
}

// Unverified lists the unverified obligations that a question assesses, the longest due first, at most so many.
func Unverified(limit int) Query[[]model.UnverifiedRow] {
	return rows[model.UnverifiedRow]("lapses/unverified").with("limit", limit)
}

// Due says what is not met yet and falls due on the as-of day or within so many days after it, whatever the window, by day. At most 30 days:
// no facts look further ahead.
func Due(days int) Query[[]model.DueRow] {
	return rows[model.DueRow]("lapses/due").with("days", days).ofFew(anyWindow)
}

// NewLapses are what lapsed within so many days before the as-of day and still is, the latest known first, at most so many.
func NewLapses(days, limit int) Query[[]model.NewLapse] {
	return rows[model.NewLapse]("lapses/news").with("days", days).with("limit", limit).of(lapses)
}

// LapsedPart is a part of the report lapsed, in its order.
func LapsedPart(limit, offset int) Query[[]model.ObligationRow] {
	return reportPart[model.ObligationRow]("lapses/part", "lapsed").with("limit", limit).with("offset", offset)
}

// LapsedGroups gathers the report lapsed by "unit" or by "item", those with the most lapses first, and names at most so many others in each.
func LapsedGroups(by string, named, limit, offset int) Query[[]model.LapsedGroup] {
	return rows[model.LapsedGroup]("lapses/grouped").with("by", by).with("named", named).with("limit", limit).with("offset", offset)
}

// Since says what became of what was lapsed at a baseline, a question of its own days and time of knowledge whose filters are those of now, and what
// lapsed since. Errors: ErrNotPublic for society.
func Since(baseline model.Question) Query[[]model.SinceRow] {
	return computed("since/lapses", func(s *Asker, ctx context.Context, question model.Question, _ []any) ([]model.SinceRow, error) {
		return s.since(ctx, question, baseline)
	}).with("baseline", baseline)
}

// MovedUnits are the units of which the question's load of the registry (facts.WithLoad) makes something else than another one, of the same records as
// of the same day; those whose scores move most first. None for society.
func MovedUnits(from uint64) Query[[]model.MovedUnit] {
	const name = "whatif/units"
	columns := model.MovedUnits().Columns
	return computed(name, func(s *Asker, ctx context.Context, question model.Question, _ []any) ([]model.MovedUnit, error) {
		return structsOf[model.MovedUnit](columns, func(each func([]any) error) error { return s.streamMoved(ctx, name, columns, from, question, each) })
	}).with("from", from).in(fresh).hidden()
}

// Cells lists what became of each item of the units that are furthest behind, at most so many of them, the furthest first; by is unit or town
// (with its villages, only towns).
func Cells(by string, limit int) Query[[]model.CellRow] {
	return computed("overview/cells", (*Asker).cells).with("by", by).with("rows", limit)
}

// Broken lists the records of met obligations whose steps are not in order, the latest published first, at most so many.
func Broken(limit int) Query[[]model.BrokenRow] {
	return rows[model.BrokenRow]("procedure/broken").with("limit", limit)
}

// Overexposed lists the overexposed records that the window published, the latest first, at most so many.
func Overexposed(limit int) Query[[]model.OverexposedRow] {
	return rows[model.OverexposedRow]("placement/overexposed").with("limit", limit)
}

// Misplaced lists the records of met obligations that do not satisfy placement, the latest published first, at most so many.
func Misplaced(limit int) Query[[]model.MisplacedRow] {
	return rows[model.MisplacedRow]("placement/misplaced").with("limit", limit)
}

// Backdated lists the backdated records that the window published, most days first, at most so many.
func Backdated(limit int) Query[[]model.BackdatedRow] {
	return rows[model.BackdatedRow]("evidence/backdated").with("limit", limit)
}

// Collections lists the last collections, at most so many of each source; an empty source asks for all of them. They are ordered by source, the
// newest first.
func Collections(source string, limit int) Query[[]model.CollectionRow] {
	return rows[model.CollectionRow]("sources/collections").with("source", source).with("limit", limit).in(fresh)
}

// Rejects lists a part of the rejects in force, ordered by source and place like the report rejects; none for society: even how many have the words
// sought would tell.
func Rejects(asked model.RejectsAsked) Query[[]model.RejectRow] {
	return computed("sources/rejects", (*Asker).rejects).with("source", asked.Source).with("words", clickhouse.List(asked.Words)).
		with("reasons", clickhouse.List(asked.Reasons)).with("limit", asked.Limit).with("offset", asked.Offset).in(fresh).hidden()
}

// Changes lists what was changed and by whom, the latest first, at most so many; none for society.
func Changes(limit int) Query[[]model.ChangeRow] {
	return rows[model.ChangeRow]("sources/changes").with("limit", limit).in(fresh).hidden()
}

// DueLinks are the published addresses of the window that are due to be visited, the most urgent first; none for society.
func DueLinks(budget model.LinkBudget) Query[[]model.DueLink] {
	return rows[model.DueLink]("patrol/links_due").with("at", clickhouse.Epoch(budget.At)).with("per_host", budget.PerHost).with("share", strconv.FormatFloat(budget.Share, 'f', -1, 64)).
		with("every_seconds", int(budget.Every.Seconds())).with("again_seconds", int(budget.Again.Seconds())).with("limit", budget.Limit).in(fresh).hidden()
}

// FoundWithdrawn are the records that are withdrawn by the as-of day and of which a finding of some kinds was ever noted; none for society.
func FoundWithdrawn(kinds []string) Query[[]model.RecordName] {
	return rows[model.RecordName]("patrol/withdrawn").with("kinds", clickhouse.List(kinds)).in(fresh).hidden()
}

// PublishedHosts are addresses of the hosts that most of what the window published is at, one of each, at most so many; none for society.
func PublishedHosts(limit int) Query[[]model.HostAddress] {
	return rows[model.HostAddress]("patrol/hosts").with("limit", limit).in(fresh).hidden()
}

// FindingsAsked is which of what patrol has found is asked, and how much of it; what is empty is any.
type FindingsAsked struct {
	Kind, State, Item string    // State: one of Codes("finding_state"), or standing: open or confirmed
	IDs               []string  // only these
	Private           bool      // those about private data as well
	After             time.Time // found after it
	Limit, Offset     int
}

// FindingsPart lists a part of what patrol has found, private data first, then the oldest; none for society.
func FindingsPart(asked FindingsAsked) Query[[]model.FindingRow] {
	private := ""
	if asked.Private {
		private = "yes"
	}
	after := asked.After
	if after.IsZero() {
		after = time.Unix(0, 0)
	}
	return rows[model.FindingRow]("patrol/list").with("finding", asked.Kind).with("state", asked.State).with("item", asked.Item).with("ids", strings.Join(asked.IDs, "|")).
		with("private", private).with("after", clickhouse.Epoch(after)).with("limit", asked.Limit).with("offset", asked.Offset).in(fresh).hidden()
}

// FindingsCounted counts what patrol has found by finding, unit, item or group, of one kind or item or of all; none for society.
func FindingsCounted(by, kind, item string) Query[[]model.FindingCount] {
	return rows[model.FindingCount]("patrol/counted").with("by", by).with("finding", kind).with("item", item).in(fresh).hidden()
}

// Patrolled says how far patrol has come with what a question asks; nothing for society.
var Patrolled = row[model.Patrolled]("patrol/visited").with("days", model.PatrolDays).in(fresh).hidden()

// Draw draws so many of the records that a question's window published, by a seed; none for society.
func Draw(seed string, size int) Query[[]model.DrawnRecord] {
	return rows[model.DrawnRecord]("patrol/draw").with("seed", seed).with("size", size).in(fresh).hidden()
}

// Samples lists the samples that were drawn, the latest first, Sampled the records of one of them; none for society.
var Samples = rows[model.SampleRow]("patrol/samples").in(fresh).hidden()

func Sampled(sampleID string) Query[[]model.SampledRow] {
	return rows[model.SampledRow]("patrol/sampled").with("sample", sampleID).in(fresh).hidden()
}

// Remarks lists what the last collections of all sources and the last reading of the registry, or the last collection of one source, did not
// understand or read, at most so many; none for society.
func Remarks(source string, limit int) Query[[]model.RemarkRow] {
	return rows[model.RemarkRow]("sources/remarks").with("source", source).with("limit", limit).in(fresh).hidden()
}

// Proof looks one record up, as it was known at the question's time of knowledge.
func Proof(source, recordID string) Query[model.Proof] {
	return computed("proof", func(s *Asker, ctx context.Context, question model.Question, arguments []any) (model.Proof, error) {
		return s.proof(ctx, question, source, recordID, arguments)
	}).with("source", source).with("record_id", recordID).in(fresh)
}

// Content is the raw content of a version of a record, or of version 0: of the latest that has one. Nothing: none was stored, or society asks; a
// page's part may hold more than its record.
func Content(source, recordID string, version uint64) Query[[]model.Content] {
	return rows[model.Content]("proof/content").with("source", source).with("record_id", recordID).with("version", version).in(instant).hidden()
}

// FindUnits finds units that are active on the as-of day, at most so many, the nearest first: by id, name, parent's name, alias or initials, whatever
// is asked besides. They are those of the registry in force now.
func FindUnits(sought string, limit int) Query[[]model.FoundUnit] {
	return found[model.FoundUnit]("search/units", sought, limit)
}

// FindItems finds items of the catalogue in force now, at most so many, the nearest first: by id, name, alias or initials.
func FindItems(sought string, limit int) Query[[]model.FoundItem] {
	return found[model.FoundItem]("search/items", sought, limit)
}

func found[Row any](name, sought string, limit int) Query[[]Row] {
	words := names.Words(sought)
	return computed(name, func(s *Asker, ctx context.Context, question model.Question, arguments []any) (rows []Row, err error) {
		if len(words) == 0 {
			return nil, nil
		}
		question.KnownAt = time.Time{}
		err = s.selectPlanned(ctx, name, &rows, question, arguments...)
		return rows, err
	}).with("words", words).with("whole", strings.Join(words, "")).with("limit", limit).in(fresh)
}

// FindRecords finds records by words of their titles, the latest published first, at most so many and one more, which says that there are others.
// Society finds only what it may see.
func FindRecords(sought string, limit int) Query[[]model.FoundRecord] {
	return computed("search/records", func(s *Asker, ctx context.Context, question model.Question, _ []any) ([]model.FoundRecord, error) {
		return s.findRecords(ctx, question, sought, limit)
	}).in(fresh)
}

// UnitName is the name of a unit in the registry in force; empty if it has none such.
func UnitName(id string) Query[string] {
	return computed("units/name", (*Asker).unitName).with("id", id).in(instant)
}

// ParentNames are the names of the units that some units of the registry in force belong to directly, by the id of the unit that belongs.
func ParentNames(ids []string) Query[map[string]string] {
	return computed("units/parents", (*Asker).parentNames).with("ids", ids).in(instant)
}

// AllParentNames are those of all units that a question is about, for few: they are remembered.
var AllParentNames = computed("units/all_parents", (*Asker).allParentNames).of(place)

// OtherNames are what finds some units besides their names: aliases, and pinyin initials, as text, by id. They are those of the registry in force now.
// Society is given those of units without an alias.
func OtherNames(ids []string) Query[map[string]string] {
	return computed("units/other_names", (*Asker).otherNames).with("ids", ids).in(instant)
}

// WorkingDay is the working day that is so many working days after the question's as-of day, by the calendar in force.
func WorkingDay(count int) Query[time.Time] {
	return computed("supervision/working_day", (*Asker).workingDay).with("count", count).in(instant)
}

// anyWindow is a question of whose window its answer does not depend.
func anyWindow(question model.Question) model.Question {
	question.From, question.To = question.AsOf, question.AsOf
	return question
}

// lapses is a question for lapses: those due before the window count too, and after the as-of day there are none.
func lapses(question model.Question) model.Question {
	question.From = time.Date(question.AsOf.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC)
	if question.To.After(question.AsOf) {
		question.To = question.AsOf
	}
	return question
}

// place is a question for what depends on the units that it is about only.
func place(question model.Question) model.Question {
	return model.Question{KnownAt: question.KnownAt, Unit: question.Unit, Within: question.Within}
}

// knowledge is a question for what does not depend on days and filters.
func knowledge(question model.Question) model.Question {
	return model.Question{KnownAt: question.KnownAt}
}
