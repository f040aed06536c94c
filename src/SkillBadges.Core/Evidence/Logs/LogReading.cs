using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Logs;

/// <summary>Hours of one kind.</summary>
/// <param name="ConfirmedMinutes">Those that somebody stands by.</param>
public sealed record LogTotal(LogKind Kind, int Entries, int Minutes, int ConfirmedMinutes);

/// <summary>Who may read whose log: the learner, their teachers, the school's office, the family; and, of learning at work, who supervises it.</summary>
public sealed class LogReading(IDocumentStore store, Authority authority, ClassTeaching teaching, FamilyRights family, TimeProvider clock)
{
    private const int MostAwaited = 200;

    /// <exception cref="RefusedException"><c>log.not-found</c>.</exception>
    public async Task<Read<LogEntry>> ReadAsync(Actor actor, LogEntryId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(LogDocuments.Kind, id.Value, "log", cancellationToken);
        return await MayReadAsync(actor, read.Document.Learner, read.Document.Organization, read.Document.Words.Kind, cancellationToken) ? read : throw Refused.NotFound("log");
    }

    /// <summary>A learner's entries at an organization, latest day first; a supervisor sees those about work.</summary>
    /// <exception cref="RefusedException"><c>log.not-found</c>.</exception>
    public async Task<Page<LogEntry>> ListAsync(
        Actor actor, PersonId learner, OrganizationId organization, Func<DocumentQuery<LogEntry>, DocumentQuery<LogEntry>> page, CancellationToken cancellationToken)
    {
        var all = await MayReadAsync(actor, learner, organization, LogKind.PersonalDay, cancellationToken);
        if (!all && !await MayReadAsync(actor, learner, organization, LogKind.WorkBased, cancellationToken))
        {
            throw Refused.NotFound("log");
        }

        var found = await store.QueryAsync(LogDocuments.Kind, page(LogDocuments.ByLearner.Where(learner.Value, organization.Value).Descending()), cancellationToken);
        return all ? found : found with { Items = [.. found.Items.Where(item => item.Document.Words.Kind == LogKind.WorkBased)] };
    }

    /// <summary>A learner's hours at an organization, summed.</summary>
    /// <exception cref="RefusedException"><c>log.not-found</c>.</exception>
    public async Task<IReadOnlyList<LogTotal>> TotalsAsync(Actor actor, PersonId learner, OrganizationId organization, CancellationToken cancellationToken) =>
        await FindTotalsAsync(actor, learner, organization, cancellationToken) ?? throw Refused.NotFound("log");

    /// <summary>The same; null for who may not read the log.</summary>
    public async Task<IReadOnlyList<LogTotal>?> FindTotalsAsync(Actor actor, PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (!await MayReadAsync(actor, learner, organization, LogKind.PersonalDay, cancellationToken))
        {
            return null;
        }

        var totals = Enum.GetValues<LogKind>().ToDictionary(kind => kind, kind => new LogTotal(kind, 0, 0, 0));
        await foreach (var read in store.AllAsync(LogDocuments.Kind, LogDocuments.ByLearner.Where(learner.Value, organization.Value), cancellationToken))
        {
            var (words, total) = (read.Document.Words, totals[read.Document.Words.Kind]);
            totals[words.Kind] = new(words.Kind, total.Entries + 1, total.Minutes + words.Minutes, total.ConfirmedMinutes + (read.Document.Signature is null ? 0 : words.Minutes));
        }

        return [.. totals.Values];
    }

    /// <summary>The internship through which the actor supervises this learner now, or null.</summary>
    public async Task<Internship?> SupervisedAsync(Actor actor, PersonId learner, OrganizationId organization, CancellationToken cancellationToken) => learner == actor.Person
        ? null
        : await store.SupervisedAsync(authority, actor, clock.Now(), placement => placement.Learner == learner && placement.School == organization, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <summary>What those whose internships the actor supervises now wrote of their work since it began and nobody stands by yet, oldest day first, up to 200 entries.</summary>
    public async Task<IReadOnlyList<LogEntry>> AwaitedAsync(Actor actor, CancellationToken cancellationToken)
    {
        var awaited = new List<LogEntry>();
        await foreach (var held in store.SupervisedAsync(authority, actor, clock.Now(), placement => placement.Learner != actor.Person, cancellationToken))
        {
            var (placement, began) = (held.Placement.Document, DateOnly.FromDateTime(held.Placement.Document.From.UtcDateTime));
            var written = await store.WholeAsync(LogDocuments.Kind, LogDocuments.ByLearner.Where(placement.Learner.Value, placement.School.Value).From(LogDocuments.DayText(began)), cancellationToken);
            awaited.AddRange(written.Documents.Where(entry => entry.Signature is null && entry.Words.Kind == LogKind.WorkBased));
            if (awaited.Count >= MostAwaited)
            {
                break;
            }
        }

        return [.. awaited.DistinctBy(entry => entry.Id).OrderBy(entry => entry.Words.On).Take(MostAwaited)];
    }

    private async Task<bool> MayReadAsync(Actor actor, PersonId learner, OrganizationId organization, LogKind kind, CancellationToken cancellationToken) =>
        learner == actor.Person
        || await teaching.FindAsync(actor, learner, organization, cancellationToken) is not null
        || (kind == LogKind.WorkBased && await SupervisedAsync(actor, learner, organization, cancellationToken) is not null)
        || (await authority.FindAsync(actor, organization, Offices.Records, cancellationToken) is not null && await authority.FindAsync(new(learner), organization, Offices.Learners, cancellationToken) is not null)
        || (await family.RecordKeepersAsync(actor, [learner], cancellationToken)).Contains(organization);
}
