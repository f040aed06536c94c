using SkillBadges.Core.Gradebook.Growth;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>The map and the groups of a class, for those who may look at its record.</summary>
public sealed class ClassViews(Commits commits, ClassAccess access, ClassReading reading, TimeProvider clock)
{
    public const int MaxWeeks = 104;

    private readonly IDocumentStore store = commits.Store;
    private readonly EffectiveSettings settings = new(commits.Store);

    /// <param name="actor">A teacher of the class, or of the school's records office.</param>
    /// <param name="id">The class.</param>
    /// <param name="question">Which skills.</param>
    /// <param name="weeks">1 to 104; null for the weeks that the school sets.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>stage.reporting-off</c>, <c>badge.not-found</c>, <c>class-map.too-wide</c>, <c>class-map.weeks</c>.</exception>
    public async Task<ClassMap> MapAsync(Actor actor, ClassSectionId id, ClassQuestion question, int? weeks, CancellationToken cancellationToken)
    {
        if (weeks is < 1 or > MaxWeeks)
        {
            throw Refused.Invalid("class-map.weeks", $"Weeks are 1 to {MaxWeeks}.");
        }

        var opened = await access.OpenAsync(actor, id, cancellationToken);
        var since = weeks ?? (await settings.ReadAsync(opened.Class.Organization, values => values.FlagAfterWeeks, cancellationToken)).Value;
        return ClassMap.Of(await RecordAsync(opened, question, cancellationToken), clock.Now(), since);
    }

    /// <summary>Learners to look at, by the thresholds that the school sets.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>stage.reporting-off</c>, <c>badge.not-found</c>, <c>class-map.too-wide</c>.</exception>
    public async Task<IReadOnlyList<LearnerFlag>> FlagsAsync(Actor actor, ClassSectionId id, ClassQuestion question, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(actor, id, cancellationToken);
        var weeks = await settings.ReadAsync(opened.Class.Organization, values => values.FlagAfterWeeks, cancellationToken);
        var notYets = await settings.ReadAsync(opened.Class.Organization, values => values.FlagNotYets, cancellationToken);
        return LearnerFlags.Of(await RecordAsync(opened, question, cancellationToken), new(weeks.Value, notYets.Value), clock.Now());
    }

    /// <exception cref="RefusedException">
    /// <c>class-section.not-found</c>, <c>stage.reporting-off</c>, <c>badge.not-found</c>, <c>class-map.too-wide</c>, and those of <see cref="Grouping.Of"/>.
    /// </exception>
    public async Task<(Grouping Grouping, ClassRecord Record)> GroupAsync(Actor actor, ClassSectionId id, ClassQuestion question, GroupKind kind, int size, CancellationToken cancellationToken)
    {
        var record = await RecordAsync(await access.OpenAsync(actor, id, cancellationToken), question, cancellationToken);
        return (Grouping.Of(record, kind, size), record);
    }

    /// <summary>Groups the class now and keeps the groups.</summary>
    /// <exception cref="RefusedException"><c>groups.title</c>, and those of <see cref="GroupAsync"/>.</exception>
    public Task<Read<SavedGrouping>> SaveAsync(Actor actor, ClassSectionId id, string title, ClassQuestion question, GroupKind kind, int size, RequestKey? key, CancellationToken cancellationToken) =>
        commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var opened = await access.OpenAsync(actor, id, attemptToken);
                var grouping = Grouping.Of(await RecordAsync(opened, question, attemptToken), kind, size);
                var now = clock.Now();
                var saved = new SavedGrouping(
                    NewId.Ordered(now), id, DisplayText.Require(title, SavedGrouping.MaxTitleLength, "groups.title"), [.. question.Badges], [.. question.Items], grouping, actor.Person, now);
                return new Outcome<Read<SavedGrouping>>(opened.RequireIn(new Changes().Add(SavedGroupingDocuments.Kind, saved)), new(saved, saved.Id, 1), saved.Id);
            },
            (saved, token) => store.GetAsync(SavedGroupingDocuments.Kind, saved, "grouping", token),
            cancellationToken);

    /// <summary>What was kept of a class, latest first.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<Page<SavedGrouping>> SavedAsync(Actor actor, ClassSectionId id, Func<DocumentQuery<SavedGrouping>, DocumentQuery<SavedGrouping>> page, CancellationToken cancellationToken)
    {
        await access.OpenAsync(actor, id, cancellationToken);
        return await store.QueryAsync(SavedGroupingDocuments.Kind, page(SavedGroupingDocuments.BySection.Where(id.Value).Descending()), cancellationToken);
    }

    /// <summary>Groups that were kept, and the class with the names of who is in them.</summary>
    /// <exception cref="RefusedException"><c>grouping.not-found</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<(Read<SavedGrouping> Saved, ClassSection Section, IReadOnlyDictionary<PersonId, string> Names)> ReadAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var saved = await store.GetAsync(SavedGroupingDocuments.Kind, id, "grouping", cancellationToken);
        OpenedClass opened;
        try
        {
            opened = await access.OpenAsync(actor, saved.Document.Section, cancellationToken);
        }
        catch (RefusedException hidden) when (hidden.Code == "class-section.not-found")
        {
            throw Refused.NotFound("grouping");
        }

        return (saved, opened.Class, await store.NamesAsync(saved.Document.Grouping.Groups.SelectMany(group => group.Members).Select(member => member.Learner), cancellationToken));
    }

    private Task<ClassRecord> RecordAsync(OpenedClass opened, ClassQuestion question, CancellationToken cancellationToken) =>
        reading.ReadAsync(opened.Class, question with { Unseen = opened.Unseen }, cancellationToken);
}
