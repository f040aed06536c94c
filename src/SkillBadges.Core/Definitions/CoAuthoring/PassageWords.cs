using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>The members of a badge in paths and in people's words.</summary>
internal static partial class PassageWords
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
    }.ToFrozenDictionary();

    public static string Name(string member) => Names.GetValueOrDefault(member, member);

    public static string Of(string member) => Words.GetValueOrDefault(member) ?? Humps().Replace(member, " $1").ToLowerInvariant();

    public static string Quote(string title) => $"\u201c{title}\u201d";

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Humps();
}
