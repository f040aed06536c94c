using System.Globalization;
using SkillBadges.App.Layout;

namespace SkillBadges.App.Verification;

/// <summary>The verdict and its checks in the reader's language. What a language lacks stays in the engine's own English.</summary>
internal static class VerdictWords
{
    public static string Of(Texts T, string verdict) => verdict switch
    {
        "valid" => T["Genuine: signed by the school that it names, and in force."],
        "valid-issuer-unknown" => T["Genuine, but we don't know this school: the signature is its own."],
        "expired" => T["Out of date: it was genuine until a day that has passed."],
        "revoked-or-suspended" => T["Taken back or on hold by the school that gave it."],
        "could-not-be-checked" => T["Could not be checked now: the school's key or list is out of reach. Please try again later."],
        _ => T["Not genuine: it is not what a school signed."],
    };

    /// <param name="T">The reader's language.</param>
    /// <param name="check">Its name, such as <c>issuer-key</c>.</param>
    public static string Title(Texts T, string check) => check switch
    {
        "parse" => T["A badge that can be read"],
        "shape" => T["Complete by the standard"],
        "issuer-key" => T["The school's own key"],
        "signature" => T["Nothing was changed"],
        "claims" => T["Says the same inside and outside"],
        "validity" => T["In force today"],
        "status" => T["Not taken back"],
        "issuer-known" => T["A school that we know"],
        "inner" => T["What is inside holds, too"],
        "endorsements" => T["Approvals by others"],
        "holder" => T["Shown by whoever earned it"],
        _ => check,
    };

    /// <summary>What it means that a check says no, for readers of languages that lack its reason.</summary>
    public static string No(Texts T, string check) => check switch
    {
        "parse" => T["What was given is no badge that can be read."],
        "shape" => T["Parts are missing that the standard asks for."],
        "issuer-key" => T["The key with which it was signed is not the school's own."],
        "signature" => T["It was changed after it was signed, or was never signed with this key."],
        "claims" => T["What the signed text says and what the badge says differ."],
        "validity" => T["It is not in force today."],
        "status" => T["The school took it back or put it on hold."],
        "issuer-known" => T["The school is on no list of schools that we know."],
        "inner" => T["Something that it holds does not hold itself."],
        "endorsements" => T["An approval in it does not hold."],
        _ => T["Whoever shows it did not prove that it is theirs."],
    };

    /// <summary>Why a check ended as it did, in the reader's language.</summary>
    /// <param name="code">Such as <c>expired</c>.</param>
    /// <param name="from">When the badge begins.</param>
    /// <param name="until">When it ends.</param>
    /// <returns>Null where the language does not say it.</returns>
    public static string? Reason(Texts T, string code, DateTimeOffset? from, DateTimeOffset? until)
    {
        var known = LanguageFiles.Checks.GetValueOrDefault(T.Language);
        var own = known?.GetValueOrDefault(code) ?? known?.GetValueOrDefault($"{code.Split('.')[0]}.*");
        return own is null ? null : string.Format(CultureInfo.InvariantCulture, own, until is { } end ? T.Day(end) : "", from is { } start ? T.Day(start) : "");
    }

    /// <summary>Until when the badge is or was in force, for the check of its dates; null where that is not the question.</summary>
    public static string? InForce(Texts T, CheckView check, CredentialView? credential) => (check.Name, check.Outcome, check.Code, credential?.ValidUntil) switch
    {
        ("validity", "passed", _, { } until) => T["In force until {0}.", $"{T.Day(until)}, {T.Time(until)}"],
        ("validity", "failed", "expired", { } until) => T["It was in force until {0}.", $"{T.Day(until)}, {T.Time(until)}"],
        _ => null,
    };

    public static string Outcome(Texts T, string outcome) => outcome switch
    {
        "passed" => T["yes"],
        "failed" => T["no"],
        _ => T["not known"],
    };
}
