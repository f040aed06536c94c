using Microsoft.AspNetCore.WebUtilities;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Review;

/// <summary>Which of somebody's waiting work their list shows, and in which order: its address says it, and so does that of each piece opened from it.</summary>
internal sealed record QueueFilter(string? Badge, string? Class, string? Sort)
{
    /// <summary>The address of a page of the queue with this filter.</summary>
    public string On(string path, params IEnumerable<KeyValuePair<string, string?>> more) => QueryHelpers.AddQueryString(
        path, new[] { KeyValuePair.Create("badge", Badge), KeyValuePair.Create("class", Class), KeyValuePair.Create("sort", Sort) }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Concat(more));
}

/// <param name="All">What waits, what is due first coming first.</param>
/// <param name="IsMore">Whether even more waits than is looked at.</param>
/// <param name="Listed">What the filter leaves, in its order.</param>
/// <param name="Badges">The names of the badges of all, by slug, in the reader's language.</param>
internal sealed record QueueView(
    IReadOnlyList<ReviewTask> All, bool IsMore, IReadOnlyList<ReviewTask> Listed, IReadOnlyDictionary<PersonId, string> Names, IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> Definitions,
    IReadOnlyDictionary<string, string> Badges, IReadOnlyList<ClassSection> Classes)
{
    /// <summary>What comes after one of them that no colleague has open, or the first of the others.</summary>
    public SubmissionId? After(SubmissionId here, PersonId person, DateTimeOffset now)
    {
        var free = Listed.Where(task => task.Submission == here || !task.IsClaimedByAnother(person, now)).Select(task => task.Submission).ToList();
        var rest = free.Skip(free.IndexOf(here) + 1).Concat(free).Where(id => id != here).ToList();
        return rest.Count == 0 ? null : rest[0];
    }
}

/// <summary>Reads the whole of somebody's queue, so that a filter finds what stands far down in it.</summary>
internal sealed class QueueReading(IDocumentStore store, ReviewQueue queue, ClassSectionWorkflow classes)
{
    private const int Looks = 2_000;
    private const int MostClasses = 200;

    /// <summary>What to go on with after a piece of work; null when there is nothing else.</summary>
    public async Task<SubmissionId?> NextAsync(Actor actor, QueueFilter filter, SubmissionId here, string language, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ReadAsync(actor, filter, language, now, filter.Sort == "name", cancellationToken)).After(here, actor.Person, now);

    public Task<QueueView> ReadAsync(Actor actor, QueueFilter filter, string language, DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(actor, filter, language, now, true, cancellationToken);

    private async Task<QueueView> ReadAsync(Actor actor, QueueFilter filter, string language, DateTimeOffset now, bool isNamed, CancellationToken cancellationToken)
    {
        var page = await queue.ListAsync(actor, query => query.Take(Looks), cancellationToken);
        IReadOnlyList<ReviewTask> all = [.. page.Documents];
        var definitions = await store.VersionsAsync(all.Select(task => task.Badge).Distinct(), cancellationToken);
        var badges = definitions.Values.DistinctBy(badge => badge.Slug).ToDictionary(badge => badge.Slug, badge => badge.In(language).Name, StringComparer.Ordinal);
        IReadOnlyList<ClassSection> taught =
            [.. (await classes.TaughtAsync(actor, query => query.Take(MostClasses), cancellationToken)).Documents.Where(section => section.IsHeldAt(now)).OrderBy(section => SearchText.Of(section.Name), StringComparer.Ordinal)];
        var names = await store.NamesAsync(isNamed ? all.Select(task => task.Learner) : [], cancellationToken);
        var section = taught.FirstOrDefault(one => one.Id.Value == filter.Class);
        var asked = all.Where(task => (string.IsNullOrEmpty(filter.Badge) || task.Badge.Slug == filter.Badge) && (section is null || section.Students.Contains(task.Learner)));
        asked = filter.Sort switch
        {
            "new" => asked.OrderByDescending(task => task.SubmittedAt),
            "name" => asked.OrderBy(task => SearchText.Of(names.GetValueOrDefault(task.Learner, "")), StringComparer.Ordinal),
            "badge" => asked.OrderBy(task => badges.GetValueOrDefault(task.Badge.Slug, task.Badge.Slug), StringComparer.Ordinal),
            _ => asked,
        };
        return new(all, page.Next is not null, [.. asked], names, definitions, badges, taught);
    }
}
