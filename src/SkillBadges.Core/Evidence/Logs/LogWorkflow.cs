using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Logs;

/// <summary>A learner keeps a log; a teacher or a supervisor stands by its entries; confirmed entries become proof.</summary>
public sealed class LogWorkflow(Commits commits, Authority authority, ClassTeaching teaching, LogReading reading, SubmissionWorkflow submissions, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>log.day-full</c>, and those of <see cref="LogWords.Checked"/>.</exception>
    public Task<Read<LogEntry>> WriteAsync(Actor actor, OrganizationId organization, LogWords words, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var learner = await authority.RequireAsync(actor, organization, Offices.Learners, attemptToken);
            var now = clock.Now();
            var entry = new LogEntry(LogEntryId.New(now), actor.Person, organization, await CheckedAsync(actor, organization, words, null, now, attemptToken), now);
            return new Changes().Require(MembershipDocuments.Kind, learner).Adding(LogDocuments.Kind, entry);
        },
        (id, replayToken) => OwnAsync(actor, LogEntryId.From(id), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>log.not-found</c>, <c>request.stale</c>, <c>log.confirmed</c>, <c>log.day-full</c>, and those of <see cref="LogWords.Checked"/>.</exception>
    public Task<Read<LogEntry>> RewriteAsync(Actor actor, LogEntryId id, LogWords words, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var now = clock.Now();
            var rewritten = read.Document.Rewrite(await CheckedAsync(actor, read.Document.Organization, words, id, now, attemptToken), now);
            return new Changes().Replacing(LogDocuments.Kind, read, rewritten);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>log.not-found</c>, <c>request.stale</c>, <c>log.confirmed</c>.</exception>
    public Task RemoveAsync(Actor actor, LogEntryId id, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            read.Document.RequireOpen();
            return new Outcome<bool>(new Changes().Remove(LogDocuments.Kind, read), true, id.Value);
        },
        cancellationToken);

    /// <summary>A teacher of the learner stands by an entry; or, of learning at work, who supervises the internship.</summary>
    /// <exception cref="RefusedException"><c>log.not-found</c>, <c>log.not-yours-to-confirm</c>, <c>request.stale</c>, and those of <see cref="LogEntry.Sign"/>.</exception>
    public Task<Read<LogEntry>> SignAsync(Actor actor, LogEntryId id, string? words, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await reading.ReadAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var changes = new Changes();
            var capacity = await CapacityAsync(changes, actor, read.Document, attemptToken);
            var signed = read.Document.Sign(new(capacity, actor.Person, clock.Now(), words));
            return changes.Replacing(LogDocuments.Kind, read, signed);
        },
        (entry, replayToken) => reading.ReadAsync(actor, LogEntryId.From(entry), replayToken),
        cancellationToken);

    /// <summary>Confirmed entries of the learner's own as one piece of proof.</summary>
    /// <exception cref="RefusedException"><c>log.entries</c>, <c>log.not-found</c>, <c>log.not-confirmed</c>, <c>evidence.title</c>, and those of <see cref="SubmissionWorkflow.AddEvidenceAsync"/>.</exception>
    public async Task<Read<Submission>> ProveAsync(
        Actor actor, SubmissionId work, string competencyId, string title, IReadOnlyCollection<string> entries, string? option, long? ifMatch, RequestKey? key, CancellationToken cancellationToken)
    {
        var ids = entries.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        if (ids.Length is < 1 or > LogProof.MaxEntries)
        {
            throw Refused.Invalid("log.entries", $"Proof is made of 1 to {LogProof.MaxEntries} entries.");
        }

        var found = await store.FindManyAsync(LogDocuments.Kind, ids, cancellationToken);
        if (found.Count < ids.Length || found.Any(read => read.Document.Learner != actor.Person))
        {
            throw Refused.NotFound("log");
        }

        if (found.Any(read => read.Document.Signature is null))
        {
            throw Refused.Conflict("log.not-confirmed", "Entries become proof when somebody stands by them.");
        }

        var now = clock.Now();
        var shown = found.Select(read => read.Document).OrderBy(entry => entry.Id.Value, StringComparer.Ordinal).ToList();
        var item = EvidenceItem.OfLog(NewId.Ordered(now), title, new(ids, shown.Sum(entry => entry.Words.Minutes)), JsonSerializer.Serialize(shown, DocumentJson.Options), now) with
        {
            OptionId = option,
            Context = shown.TrueForAll(entry => entry.Words.Kind == LogKind.PersonalDay) ? LearningContext.PersonalDay : LearningContext.WorkSite,
        };
        return await submissions.AddEvidenceAsync(actor, work, competencyId, item, ifMatch, key, cancellationToken);
    }

    /// <exception cref="RefusedException"><c>log.not-found</c>.</exception>
    public async Task<Read<LogEntry>> OwnAsync(Actor actor, LogEntryId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(LogDocuments.Kind, id.Value, "log", cancellationToken);
        return read.Document.Learner == actor.Person ? read : throw Refused.NotFound("log");
    }

    private async Task<LogSigner> CapacityAsync(Changes changes, Actor actor, LogEntry entry, CancellationToken cancellationToken)
    {
        if (await teaching.FindAsync(actor, entry.Learner, entry.Organization, cancellationToken) is { } teacher)
        {
            teacher.RequireIn(changes);
            return LogSigner.Teacher;
        }

        if (entry.Words.Kind == LogKind.WorkBased && await reading.SupervisedAsync(actor, entry.Learner, entry.Organization, cancellationToken) is { } internship)
        {
            internship.RequireIn(changes);
            return LogSigner.Supervisor;
        }

        throw Refused.Forbidden("log.not-yours-to-confirm", "A teacher of the learner confirms an entry, or who supervises the internship.");
    }

    private async Task<LogWords> CheckedAsync(Actor actor, OrganizationId organization, LogWords words, LogEntryId? rewritten, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var school = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document;
        var clean = words.Checked(school.DayOf(now));
        var sameDay = await store.WholeAsync(
            LogDocuments.Kind, LogDocuments.ByLearner.Where(actor.Person.Value, organization.Value).StartingWith(LogDocuments.DayText(clean.On)), cancellationToken);
        return sameDay.Documents.Where(entry => entry.Id != rewritten).Sum(entry => entry.Words.Minutes) + clean.Minutes <= LogWords.MinutesOfDay
            ? clean
            : throw Refused.Invalid("log.day-full", "A day has 24 hours; with this entry the day's log would have more.");
    }
}
