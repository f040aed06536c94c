using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Hours;

/// <summary>Reads the record of hours for whoever may read the log: a supervisor sees hours of work alone.</summary>
public sealed class HoursReading(IDocumentStore store, LogReading logs, TimeProvider clock)
{
    private const int PageSize = 500;
    private const int MaxRead = 10_000;

    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whose hours.</param>
    /// <param name="organization">The school that keeps the log.</param>
    /// <param name="year">A school year by the year in which it begins; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>log.not-found</c>, <c>organization.not-found</c>, <c>hours.too-many</c>.</exception>
    public async Task<HoursRecord> ReadAsync(Actor actor, PersonId learner, OrganizationId organization, int? year, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        string? cursor = null;
        do
        {
            var after = cursor;
            var page = await logs.ListAsync(actor, learner, organization, query => query.Take(PageSize).After(after), cancellationToken);
            entries.AddRange(page.Documents);
            cursor = entries.Count < MaxRead ? page.Next : null;
        }
        while (cursor is not null);

        var school = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document;
        var person = (await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken)).Document;
        return HoursRecord.Of(entries, await ConfirmersAsync(entries, cancellationToken), person, school, year, school.DayOf(clock.Now()));
    }

    private async Task<Dictionary<LogEntryId, string>> ConfirmersAsync(IReadOnlyCollection<LogEntry> entries, CancellationToken cancellationToken)
    {
        var names = await store.NamesAsync(entries.Select(entry => entry.Signature?.Person).OfType<PersonId>().Distinct(), cancellationToken);
        var confirmers = entries
            .Where(entry => entry.Signature?.Person is { } person && names.ContainsKey(person))
            .ToDictionary(entry => entry.Id, entry => names[entry.Signature!.Person!.Value]);

        // A mentor has no account; the answer to the letter says who it was.
        foreach (var some in entries.Where(entry => entry.Signature is { As: LogSigner.Mentor }).Select(entry => entry.Id.Value).Chunk(PageSize))
        {
            await foreach (var read in store.AllAsync(ConfirmationDocuments.Kind, ConfirmationDocuments.ByLogEntry.WhereAny(some), cancellationToken))
            {
                if (read.Document is { Subject.LogEntry: { } entry, Answer: { Saw: true } answer })
                {
                    confirmers[LogEntryId.From(entry)] = answer.Name;
                }
            }
        }

        return confirmers;
    }
}
