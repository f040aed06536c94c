using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

internal sealed record BadgeLine(string Slug, string Name, string Field, int Version);

internal sealed record CompetencyView(
    string Id, string Name, string Statement, string? SkillGroup, IReadOnlyDictionary<string, string> Levels, string RequiredLevel, IReadOnlyList<EvidenceOption> EvidenceOptions, int ChooseAtLeast)
{
    /// <summary>The years it is meant for; absent for any.</summary>
    public Band? Band { get; init; }

    /// <summary>What work looks like, before anybody begins.</summary>
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];

    /// <summary>Items of frameworks that say what this skill says.</summary>
    public IReadOnlyList<Alignment> Alignments { get; init; } = [];

    /// <summary>What to go on with once proficient.</summary>
    public IReadOnlyList<ExtensionTask> Extensions { get; init; } = [];
}

/// <summary>One version of a badge, whole.</summary>
/// <param name="Criteria">Markdown without HTML.</param>
/// <param name="Image">Address of the picture; null when there is none.</param>
internal sealed record BadgeView(
    string Slug,
    int Version,
    string Name,
    string Description,
    string Criteria,
    string AchievementType,
    string Field,
    IReadOnlyList<string> Tags,
    MasteryScale Scale,
    IReadOnlyList<SkillGroup> SkillGroups,
    IReadOnlyList<CompetencyView> Competencies,
    ReviewRule Review,
    int? RecencyMonths,
    IReadOnlyList<Alignment> Alignments,
    AttemptPolicy? Attempts,
    IReadOnlyList<Checkpoint> Checkpoints,
    IReadOnlyList<CommonAssessment> Assessments,
    IReadOnlyList<string> Prerequisites,
    string? Image)
{
    /// <summary>The attributes of a graduate that the badge builds.</summary>
    public IReadOnlyList<BuiltAttribute> Attributes { get; init; } = [];

    /// <summary>Its words in other languages. What counts, and what credentials hold, are the words above.</summary>
    public IReadOnlyList<BadgeTranslation> Translations { get; init; } = [];

    /// <param name="usesStandards">Whether alignments are shown.</param>
    public static BadgeView Of(BadgeDefinition badge, bool usesStandards) => new(
        badge.Slug,
        badge.Version,
        badge.Name,
        badge.Description,
        badge.Criteria,
        badge.AchievementType,
        badge.Field,
        badge.Tags,
        badge.Scale,
        badge.SkillGroups,
        [.. badge.Competencies.Select(skill => new CompetencyView(
            skill.Id, skill.Name, skill.Statement, skill.SkillGroupId, skill.LevelDescriptors, skill.RequiredLevel, skill.EvidenceOptions, skill.ChooseAtLeast)
        {
            Band = skill.Band, Exemplars = skill.Exemplars, Extensions = skill.Extensions, Alignments = usesStandards ? skill.Alignments : [],
        })],
        badge.Review,
        badge.RecencyMonths,
        usesStandards ? badge.Alignments : [],
        badge.Attempts,
        badge.Checkpoints,
        badge.Assessments,
        badge.Prerequisites,
        badge.Image.Png is null ? null : $"/achievements/{badge.Slug}/{badge.Version}/image.png")
    {
        Attributes = badge.Attributes,
        Translations = badge.Translations,
    };
}

/// <summary>What may be unclear in the words of a badge's version or revision: each finding with its place, the reason, and what to do.</summary>
internal sealed record LintView(string Slug, int Number, IReadOnlyList<LintFinding> Findings);

/// <summary>The public catalogue: what each badge asks for, before any work starts. No person is in it.</summary>
internal static class BadgesApi
{
    public static void MapBadges(this IEndpointRouteBuilder app)
    {
        var badges = app.MapApi("badges", "Badges").AllowAnonymous();
        badges.MapGet("", ListAsync).WithSummary("The catalogue by name; ?field= keeps one field, such as welding, or ?attribute= what builds one, such as graduate-portrait/communicator.");
        badges.MapGet("{slug}", ReadAsync).WithSummary("A badge in its current version; with ?school= as that school shows it: without alignments where it does not use standards yet.").Refuses(404, "badge.not-found", "organization.not-found");
        badges.MapGet("{slug}/versions/{version:int}", ReadVersionAsync).WithSummary("A badge in one version; earned badges stay with theirs. ?school= as above.").Refuses(404, "badge.not-found", "organization.not-found");
        badges.MapGet("{slug}/lint", LintAsync).WithSummary("What may be unclear in the words of a badge; with ?school= as that school looks at it. Advice, unless the organization that leads the badge lets findings block.")
            .Refuses(404, "badge.not-found", "organization.not-found");
    }

    private static async Task<PageOf<BadgeLine>> ListAsync(string? field, string? attribute, Paging paging, IDocumentStore store, CancellationToken cancellationToken)
    {
        var query = attribute is not null ? DefinitionDocuments.ByAttribute.Where(attribute)
            : field is not null ? DefinitionDocuments.ByField.Where(field)
            : DefinitionDocuments.ByName.Where();
        var page = await store.QueryAsync(DefinitionDocuments.Heads, paging.Of(query), cancellationToken);
        return paging.Answer(page, read => new BadgeLine(read.Document.Slug, read.Document.Name, read.Document.Field, read.Document.CurrentVersion));
    }

    private static async Task<BadgeView> ReadAsync(string slug, string? school, IDocumentStore store, EffectiveSettings settings, CancellationToken cancellationToken) =>
        BadgeView.Of(await store.CurrentVersionAsync(slug, cancellationToken), await UsesStandardsAsync(settings, school, cancellationToken));

    private static async Task<BadgeView> ReadVersionAsync(string slug, int version, string? school, IDocumentStore store, EffectiveSettings settings, CancellationToken cancellationToken) =>
        BadgeView.Of(await store.VersionAsync(new(slug, version), cancellationToken), await UsesStandardsAsync(settings, school, cancellationToken));

    private static async Task<LintView> LintAsync(string slug, string? school, IDocumentStore store, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        return new(badge.Slug, badge.Version, DefinitionLint.Findings(badge, await UsesStandardsAsync(settings, school, cancellationToken)));
    }

    /// <summary>Also where nobody asks for a school.</summary>
    internal static async Task<bool> UsesStandardsAsync(EffectiveSettings settings, string? school, CancellationToken cancellationToken) =>
        school is null || await settings.UsesStandardsAsync(OrganizationId.From(school), cancellationToken);
}
