using SkillBadges.App.Layout;

namespace SkillBadges.App.Http;

/// <summary>What happened, in a few words, by the status of the answer.</summary>
internal static class ProblemTitles
{
    public static string Of(Texts T, int status) => status switch
    {
        400 => T["The request cannot be read"],
        401 => T["Not signed in"],
        403 => T["Not allowed"],
        404 => T["Not found"],
        405 => T["Not possible here"],
        409 => T["It is not so any more"],
        410 => T["It is no more"],
        412 or 428 => T["The version is not the one you read"],
        413 => T["Too large"],
        415 => T["Not JSON"],
        422 => T["A rule says no"],
        429 => T["Too many requests"],
        503 => T["Not now"],
        504 => T["It took too long"],
        _ => T["Something went wrong"],
    };
}
