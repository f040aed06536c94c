using System.Collections.Immutable;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The format of <c>badge-definition.schema.json</c>.</summary>
internal sealed class BadgeFile(
    FileShape shape, string path, IReadOnlyDictionary<string, MasteryScale> scales, IReadOnlyDictionary<string, GraduateProfile>? profiles)
{
    internal static readonly IReadOnlyDictionary<string, EvidenceKind> Kinds = new Dictionary<string, EvidenceKind>
    {
        ["file"] = EvidenceKind.File,
        ["link"] = EvidenceKind.Link,
        ["text"] = EvidenceKind.Text,
        ["certificate"] = EvidenceKind.Certificate,
        ["log"] = EvidenceKind.Log,
    };

    internal static readonly IReadOnlyDictionary<string, ReviewerRole> Roles = new Dictionary<string, ReviewerRole>
    {
        ["teacher"] = ReviewerRole.Teacher,
        ["supervisor"] = ReviewerRole.Supervisor,
    };

    internal static readonly IReadOnlyDictionary<string, SupervisorMode> Modes = new Dictionary<string, SupervisorMode>
    {
        ["not-allowed"] = SupervisorMode.NotAllowed,
        ["co-sign"] = SupervisorMode.CoSign,
        ["sole"] = SupervisorMode.Sole,
    };

    internal static readonly IReadOnlyDictionary<string, Band> Bands = new Dictionary<string, Band>
    {
        ["9-10"] = Band.Grades9To10,
        ["11-12"] = Band.Grades11To12,
        ["postsecondary"] = Band.Postsecondary,
    };

    internal static readonly IReadOnlyDictionary<string, RaterDisagreement> Disagreements = new Dictionary<string, RaterDisagreement>
    {
        ["talk"] = RaterDisagreement.Talk,
        ["third-rater"] = RaterDisagreement.ThirdRater,
    };

    public FileReading<BadgeDefinition> Read(FileNode root)
    {
        if (!shape.IsObject(
            root,
            "$schema", "slug", "name", "description", "achievementType", "field", "tags", "image", "scale", "criteria", "skillGroups", "competencies", "attributes",
            "review", "recencyMonths", "alignments", "coAuthors", "attempts", "checkpoints", "assessments", "prerequisites", "translations"))
        {
            return new(null, shape.Faults);
        }

        shape.OptionalText(root, "$schema", 1, 300);
        var scale = ScaleFile.Named(shape, root, scales);
        var way = new PathMembers(shape, root);
        var badge = new BadgeDefinition
        {
            Slug = shape.SlugText(root, "slug"),
            Name = shape.Text(root, "name", 1, 100),
            Description = shape.Text(root, "description", 1, 600),
            Criteria = Lines(shape, root, "criteria", 6000),
            AchievementType = shape.Text(root, "achievementType", 1, 64),
            Field = shape.SlugText(root, "field"),
            Tags = [.. shape.Items(root, "tags", 1, 12).Select(node => shape.TextOf(node, 2, 40))],
            Image = Image(root),
            Scale = scale,
            SkillGroups = [.. shape.OptionalItems(root, "skillGroups", 1, 6).Select(Group)],
            Competencies = [.. shape.Items(root, "competencies", 0, 1000).Select(node => Competency(node, scale))],
            Attributes = [.. shape.OptionalItems(root, "attributes", 1, 12).Select(Attribute)],
            Review = Review(root),
            RecencyMonths = shape.Number(root, "recencyMonths", 1, 240),
            Alignments = [.. shape.Items(root, "alignments", 1, 30).Select(Alignment)],
            CoAuthors = [.. shape.OptionalItems(root, "coAuthors", 1, 30).Select(CoAuthor)],
            Attempts = way.Attempts(),
            Checkpoints = [.. way.Checkpoints()],
            Assessments = [.. way.Assessments()],
            Prerequisites = [.. way.Prerequisites()],
            Translations = TranslationFile.Read(shape, root),
        };
        DefinitionFile.RequireName(shape, root, "slug", badge.Slug, DefinitionFile.NameOf(path));
        DefinitionFile.RequireName(shape, root, "field", badge.Field, DefinitionFile.FolderOf(path));
        shape.Report(root, BadgeRules.Faults(badge));
        return new(shape.IsSound ? badge : null, shape.Faults) { Draft = badge };
    }

    /// <summary>Lines, so that a change to one line is a change to one line in review.</summary>
    internal static string Lines(FileShape shape, FileNode owner, string name, int max)
    {
        var text = string.Join('\n', shape.Items(owner, name, 1, 80).Select(node => shape.TextOf(node, 0, max / 3, indented: true)));
        if (text.Length > max && owner.Member(name) is { } node)
        {
            shape.Report(node, "definition-file.bad-length", $"The {name} have {text.Length} characters; at most {max} are allowed.");
        }

        return text;
    }

    private BadgeImage Image(FileNode root) =>
        new(shape.Required(root, "image") is { } node && shape.IsObject(node, "alt") ? shape.Text(node, "alt", 5, 200) : "");

    private SkillGroup Group(FileNode node) => shape.IsObject(node, "id", "name", "description")
        ? new(shape.SlugText(node, "id"), shape.Text(node, "name", 1, 80), shape.Text(node, "description", 1, 400))
        : new("", "", "");

    private Competency Competency(FileNode node, MasteryScale scale)
    {
        var readable = shape.IsObject(node, "id", "name", "statement", "skillGroup", "band", "requiredLevel", "levels", "exemplars", "chooseAtLeast", "evidence", "extensions", "alignments");
        return new()
        {
            Id = readable ? shape.SlugText(node, "id") : "",
            Name = readable ? shape.Text(node, "name", 1, 80) : "",
            Statement = readable ? shape.Text(node, "statement", 20, 400) : "",
            SkillGroupId = readable ? shape.OptionalText(node, "skillGroup", 1, Slug.MaxLength) : null,
            Band = readable && node.Member("band") is { } band ? shape.ChoiceOf(band, Bands) : null,
            LevelDescriptors = readable ? shape.Descriptors(node, "levels") : ImmutableDictionary<string, string>.Empty,
            RequiredLevel = (readable ? shape.OptionalText(node, "requiredLevel", 1, 40) : null) ?? scale.ProficientCut,
            Exemplars = readable ? [.. shape.OptionalItems(node, "exemplars", 1, 8).Select(Exemplar)] : [],
            EvidenceOptions = readable ? [.. shape.Items(node, "evidence", 1, 12).Select(Option)] : [],
            ChooseAtLeast = (readable ? shape.Number(node, "chooseAtLeast", 1, 12) : null) ?? 1,
            Extensions = readable ? [.. shape.OptionalItems(node, "extensions", 1, 6).Select(Extension)] : [],
            Alignments = readable ? [.. shape.OptionalItems(node, "alignments", 1, 12).Select(Alignment)] : [],
        };
    }

    private Exemplar Exemplar(FileNode node) => shape.IsObject(node, "level", "title", "description", "url")
        ? new(shape.Text(node, "level", 1, 40), shape.Text(node, "title", 1, 100), shape.Text(node, "description", 20, 600), shape.OptionalText(node, "url", 1, 2000))
        : new("", "", "");

    private ExtensionTask Extension(FileNode node) => shape.IsObject(node, "id", "title", "description")
        ? new(shape.SlugText(node, "id"), shape.Text(node, "title", 1, 100), shape.Text(node, "description", 20, 600))
        : new("", "", "");

    private BuiltAttribute Attribute(FileNode node)
    {
        if (!shape.IsObject(node, "profile", "attribute", "competencies"))
        {
            return new("", "");
        }

        var built = new BuiltAttribute(shape.SlugText(node, "profile"), shape.SlugText(node, "attribute"))
        {
            Competencies = [.. shape.OptionalItems(node, "competencies", 1, BadgeRules.MaxCompetencies).Select(shape.SlugOf)],
        };
        if (profiles is not null && profiles.GetValueOrDefault(built.Profile)?.Attribute(built.Attribute) is null)
        {
            shape.Report(node, "definition-file.unknown-attribute", $"There is no profile {AuthoredText.Quote(built.Profile)} with an attribute {AuthoredText.Quote(built.Attribute)}.");
        }

        return built;
    }

    private EvidenceOption Option(FileNode node) => shape.IsObject(node, "id", "kind", "label", "hint")
        ? new(
            shape.SlugText(node, "id"),
            shape.Text(node, "label", 1, 100),
            shape.Choice(node, "kind", Kinds),
            shape.Text(node, "hint", 10, 400))
        : new("", "", default, "");

    private ReviewRule Review(FileNode root)
    {
        if (shape.Required(root, "review") is not { } node || !shape.IsObject(node, "roles", "supervisor", "qualification", "raters"))
        {
            return new([ReviewerRole.Teacher], SupervisorMode.NotAllowed);
        }

        var qualification = node.Member("qualification");
        var readable = qualification is not null && shape.IsObject(qualification, "code", "note", "requiredOf");
        var raters = node.Member("raters");
        return new(
            [.. shape.Items(node, "roles", 1, 2).Select(role => shape.ChoiceOf(role, Roles))],
            shape.Choice(node, "supervisor", Modes),
            readable ? shape.SlugText(qualification!, "code") : null,
            readable ? shape.Text(qualification!, "note", 10, 400) : null)
        {
            QualificationOf = readable && qualification!.Member("requiredOf") is not null
                ? [.. shape.OptionalItems(qualification, "requiredOf", 0, 2).Select(role => shape.ChoiceOf(role, Roles))]
                : null,
            Raters = raters is not null && shape.IsObject(raters, "disagreement") ? shape.Choice(raters, "disagreement", Disagreements) : null,
        };
    }

    private Alignment Alignment(FileNode node) => shape.IsObject(node, "targetName", "targetUrl", "targetFramework", "targetCode", "targetType")
        ? new(
            shape.Text(node, "targetName", 1, 200),
            shape.Text(node, "targetUrl", 1, 2000),
            shape.Text(node, "targetFramework", 1, 120),
            shape.OptionalText(node, "targetCode", 1, 60),
            shape.OptionalText(node, "targetType", 1, 64))
        : new("", "https://example.org", "");

    private CoAuthor CoAuthor(FileNode node) => shape.IsObject(node, "kind", "name")
        ? new(shape.SlugText(node, "kind"), shape.OptionalText(node, "name", 1, 150))
        : new("");
}
