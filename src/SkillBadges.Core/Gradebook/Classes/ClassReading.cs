using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>Which skills of a class are looked at.</summary>
/// <param name="Badges">Slugs; none stands for every badge in which something was decided of the class.</param>
/// <param name="Items">Addresses of framework items: skills aligned to one of them. None stands for every skill.</param>
public sealed record ClassQuestion(IReadOnlyCollection<string> Badges, IReadOnlyCollection<string> Items)
{
    public const int MaxBadges = 20;
    public const int MaxItems = 200;
    public const int MaxColumns = 400;

    public static ClassQuestion Everything { get; } = new([], []);

    /// <summary>Whether more than a screen holds is refused.</summary>
    public bool IsBounded { get; init; } = true;

    /// <summary>What was recorded from this instant on is left out; null for nothing.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>What the one who looks must not see yet.</summary>
    public UnseenEntries Unseen { get; init; } = UnseenEntries.None;
}

/// <summary>Reads what the views of a class are computed from, in a few questions however many learners there are.</summary>
public sealed class ClassReading(IDocumentStore store, TimeProvider clock)
{
    private readonly EffectiveSettings settings = new(store);

    /// <param name="section">A class that the actor may look at: <see cref="ClassAccess"/>.</param>
    /// <param name="question">Which skills.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>badge.not-found</c>, <c>class-map.too-wide</c>.</exception>
    public async Task<ClassRecord> ReadAsync(ClassSection section, ClassQuestion question, CancellationToken cancellationToken)
    {
        if ((question.IsBounded && question.Badges.Count > ClassQuestion.MaxBadges) || question.Items.Count > ClassQuestion.MaxItems)
        {
            throw TooWide();
        }

        var learners = await LearnersAsync(section, cancellationToken);
        var sheets = await SheetsAsync(section.Organization, learners, [.. question.Badges.Distinct(StringComparer.Ordinal)], cancellationToken);
        sheets = [.. sheets.Select(question.Unseen.Without)];
        if (question.Before is { } before)
        {
            sheets = [.. sheets.Select(sheet => sheet with { Facts = [.. sheet.Facts.Where(fact => fact.RecordedAt < before)] })];
        }

        var slugs = question.Badges.Count > 0 ? question.Badges : [.. sheets.Select(sheet => sheet.Badge)];
        var badges = await BadgesAsync([.. slugs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], isAsked: question.Badges.Count > 0, cancellationToken);
        var columns = Columns(badges, [.. question.Items.Select(ItemAddress.IdentifierIn).OfType<string>()], question.Items.Count > 0);
        var digests = sheets.SelectMany(sheet => sheet.Facts).Select(fact => fact.Scale.Digest.Hex).Distinct(StringComparer.Ordinal).ToList();
        var scales = await store.FindManyAsync(ScaleSnapshotDocuments.Kind, digests, cancellationToken);
        return ClassRecord.Of(
            section,
            learners,
            badges,
            !question.IsBounded || columns.Length <= ClassQuestion.MaxColumns ? columns : throw TooWide(),
            sheets,
            scales.ToDictionary(read => read.Document.Digest, read => read.Document.Scale),
            await ScoringChoices.ReadAsync(settings, [section.Organization], cancellationToken));
    }

    /// <summary>The learners on the roster who belong to the school now: the record of who left is another school's to look at.</summary>
    private async Task<IReadOnlyList<ClassLearner>> LearnersAsync(ClassSection section, CancellationToken cancellationToken)
    {
        if (section.Students.IsEmpty)
        {
            return [];
        }

        var (ids, now) = (section.Students.Select(student => student.Value).ToArray(), clock.Now());
        var roles = await store.QueryAsync(
            MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.WhereAny(ids, section.Organization.Value).Take(DocumentQuery<Membership>.MaxLimit), cancellationToken);
        var here = roles.Documents.Where(role => role.HoldsAt(now) && Offices.Learners.Contains(role.Role)).Select(role => role.Person.Value).ToHashSet(StringComparer.Ordinal);
        var people = await store.FindAllAsync(PersonDocuments.Kind, ids.Where(here.Contains), cancellationToken);
        return [.. people.Select(person => new ClassLearner(person.Id, person.DisplayName))];
    }

    private async Task<IReadOnlyList<BadgeSheet>> SheetsAsync(OrganizationId school, IReadOnlyList<ClassLearner> learners, ImmutableArray<string> badges, CancellationToken cancellationToken)
    {
        if (learners.Count == 0)
        {
            return [];
        }

        if (!badges.IsEmpty)
        {
            return await store.FindAllAsync(BadgeSheetDocuments.Kind, learners.SelectMany(learner => badges.Select(badge => BadgeSheet.IdOf(school, learner.Id, badge))), cancellationToken);
        }

        string[] chains = [.. learners.Select(learner => MasteryEntry.ChainOf(school, learner.Id))];
        var found = await SeveralReaders.ReadAsync(chains, DocumentQuery<BadgeSheet>.MaxFirstValues, SheetsOfAsync, cancellationToken);
        return [.. found.SelectMany(some => some)];
    }

    private async Task<List<BadgeSheet>> SheetsOfAsync(string[] chains, CancellationToken cancellationToken)
    {
        var sheets = new List<BadgeSheet>();
        var query = BadgeSheetDocuments.ByChain.WhereAny(chains).Take(DocumentQuery<BadgeSheet>.MaxLimit);
        while (true)
        {
            var page = await store.QueryAsync(BadgeSheetDocuments.Kind, query, cancellationToken);
            sheets.AddRange(page.Documents);
            if (page.Next is null)
            {
                return sheets;
            }

            query = query.After(page.Next);
        }
    }

    private async Task<ImmutableArray<BadgeDefinition>> BadgesAsync(ImmutableArray<string> slugs, bool isAsked, CancellationToken cancellationToken)
    {
        var heads = await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken);
        if (isAsked && heads.Count < slugs.Length)
        {
            throw Refused.NotFound("badge");
        }

        var versions = await store.VersionsAsync(heads.Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion)), cancellationToken);
        return [.. versions.Values.OrderBy(badge => badge.Slug, StringComparer.Ordinal)];
    }

    private static ImmutableArray<SkillColumn> Columns(ImmutableArray<BadgeDefinition> badges, HashSet<string> items, bool isLimited) =>
    [
        .. from badge in badges
           from skill in badge.Competencies
           where !isLimited || CompetencyAlignment.ItemsOf(skill).Any(items.Contains)
           select new SkillColumn(badge.Slug, skill.Id, skill.Name, badge.Scale.Id),
    ];

    private static RefusedException TooWide() => Refused.Invalid(
        "class-map.too-wide", $"At most {ClassQuestion.MaxBadges} badges, {ClassQuestion.MaxItems} framework items and {ClassQuestion.MaxColumns} skills are looked at together; please name fewer.");
}
