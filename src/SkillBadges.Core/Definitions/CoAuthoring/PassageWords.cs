using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>The members of a badge in paths and in people's words.</summary>
public static partial class PassageWords
{
    // As the badge file format calls them, where the store has another name.
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["levelDescriptors"] = "levels",
        ["evidenceOptions"] = "evidence",
        ["skillGroupId"] = "skillGroup",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["name"] = "Name",
        ["description"] = "Description",
        ["criteria"] = "What it takes",
        ["achievementType"] = "Kind of badge",
        ["field"] = "Field",
        ["tags"] = "Tags",
        ["image"] = "Picture",
        ["alt"] = "what it shows",
        ["png"] = "picture file",
        ["svg"] = "drawing file",
        ["scale"] = "Scale",
        ["skillGroups"] = "Skill group",
        ["competencies"] = "Skill",
        ["statement"] = "what is done",
        ["levelDescriptors"] = "what it looks like at",
        ["requiredLevel"] = "level needed for the badge",
        ["evidenceOptions"] = "way to show it",
        ["skillGroupId"] = "skill group",
        ["chooseAtLeast"] = "how many ways to choose",
        ["hint"] = "hint",
        ["label"] = "name",
        ["kind"] = "kind",
        ["review"] = "Who signs off",
        ["roles"] = "whose sign-off counts",
        ["supervisor"] = "workplace supervisors",
        ["qualificationCode"] = "qualification",
        ["qualificationNote"] = "qualification in words",
        ["recencyMonths"] = "Months for which it counts",
        ["alignments"] = "Where it fits",
        ["coAuthors"] = "Written by",
        ["translations"] = "Translation",
        ["imageAlt"] = "what the picture shows",
        ["writtenFor"] = "mark of the words that it was held against",
        ["scaleName"] = "name of the scale",
        ["scaleLevels"] = "level of the scale",
        ["exemplars"] = "what work can look like",
        ["extensions"] = "task that leads on",
        ["levels"] = "level",
        ["proficientCut"] = "first level that counts as proficient",
        ["id"] = "id",
        ["code"] = "code",
        ["ordinal"] = "place among the levels",
        ["descriptor"] = "what the level means",
        ["scoring"] = "how sign-offs add up to a level",
        ["method"] = "rule",
        ["count"] = "how many sign-offs are looked at",
        ["band"] = "grade band",
        ["level"] = "level",
        ["title"] = "title",
        ["url"] = "web address",
        ["targetName"] = "name",
        ["targetUrl"] = "web address",
        ["targetFramework"] = "framework",
        ["targetCode"] = "code",
        ["targetType"] = "kind",
        ["attributes"] = "Attribute of a graduate",
        ["profile"] = "portrait of a graduate",
        ["attribute"] = "attribute",
        ["qualificationOf"] = "who must hold the qualification",
        ["raters"] = "where two sign off apart and differ",
        ["attempts"] = "Tries",
        ["limit"] = "how many",
        ["coolingDays"] = "days between two",
        ["preparation"] = "what to do before the next",
        ["preparationSaidBy"] = "who says that it was done",
        ["checkpoints"] = "Stop point",
        ["assessments"] = "Test",
        ["maxScore"] = "highest score",
        ["prerequisites"] = "Badge that comes before",
        ["language"] = "language",
    }.ToFrozenDictionary();

    /// <summary>Before where the order of several stands.</summary>
    public const string Order = "Order";

    /// <summary>All that the members of badges are called.</summary>
    public static IEnumerable<string> Known => Words.Values.Append(Order);

    /// <summary>Where a passage stands, each word of it as <paramref name="say"/> says it.</summary>
    public static string Label(IEnumerable<PassageStep> steps, bool isOrder, Func<string, string> say) =>
        string.Join(": ", [.. isOrder ? (string[])[say(Order)] : [], .. steps.Select(step => step.Item is null ? say(step.Words) : $"{say(step.Words)} \u201c{step.Item}\u201d")]);

    public static bool IsNamed(string member) => Words.ContainsKey(member);

    internal static string Name(string member) => Names.GetValueOrDefault(member, member);

    internal static string Of(string member) => Words.GetValueOrDefault(member) ?? Humps().Replace(member, " $1").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Humps();
}
