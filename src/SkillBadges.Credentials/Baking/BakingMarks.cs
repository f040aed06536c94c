namespace SkillBadges.Credentials.Baking;

/// <summary>How each standard marks a baked credential (Open Badges 3.0 5.3, CLR 2.0) and how its forerunners did.</summary>
internal sealed record BakingMarks(BakedKind Kind, string Keyword, string Prefix, string Namespace)
{
    public static readonly BakingMarks[] All =
    [
        new(BakedKind.OpenBadge, "openbadgecredential", "openbadges", "https://purl.imsglobal.org/ob/v3p0"),
        new(BakedKind.LearnerRecord, "clrcredential", "clr", "https://purl.imsglobal.org/clr/v2p0"),
    ];

    /// <summary>Open Badges 1 and 2: a URL or an assertion of a model that is not verified here, and is never fetched.</summary>
    public const string LegacyKeyword = "openbadges";

    public static readonly string[] LegacyNamespaces = ["http://openbadges.org", "https://openbadges.org"];

    public static BakingMarks For(BakedKind kind) => All.Single(marks => marks.Kind == kind);
}
