using SkillBadges.Credentials.Verification;
using KnownVerdict = SkillBadges.Credentials.Verification.Verdict;

namespace SkillBadges.App.Verification;

internal sealed record CheckView(string Name, string Outcome, string Code, string Sentence);

internal sealed record ResultView(string? Skill, string? Level, string? Descriptor);

/// <summary>What the credential says of itself; only to be believed when the signature check passed.</summary>
internal sealed record CredentialView(
    string? Id, string? Issuer, string? IssuerName, string? Subject, string? Achievement, string? Name, string? Version, IReadOnlyList<ResultView> Results, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil);

/// <param name="Verdict">One of valid, valid-issuer-unknown, expired, revoked-or-suspended, could-not-be-checked, invalid.</param>
/// <param name="Sentence">The verdict in plain words.</param>
/// <param name="Holder">proven or not-proven: whether whoever showed it proved that it is theirs.</param>
internal sealed record VerificationAnswer(string Verdict, string Sentence, string Holder, string Code, IReadOnlyList<CheckView> Checks, CredentialView? Credential, IReadOnlyList<InnerAnswer> Inner)
{
    private const int LongestText = 4000;

    public static VerificationAnswer Of(VerificationReport report) => new(
        Term(report.Verdict),
        Words(report.Verdict),
        Term(report.Holder),
        report.Code,
        [.. report.Checks.Select(check => new CheckView(Term(check.Name), Term(check.Outcome), check.Code, Shown(check.Sentence)!))],
        report.Credential is { } credential ? View(credential) : null,
        [.. report.Inner.Select(inner => new InnerAnswer(inner.Place, Of(inner.Report)))]);

    private static CredentialView View(CredentialSummary credential) => new(
        Shown(credential.Id),
        Shown(credential.IssuerId),
        Shown(credential.IssuerName),
        Shown(credential.SubjectId),
        Shown(credential.AchievementId),
        Shown(credential.AchievementName ?? credential.Name),
        Shown(credential.AchievementVersion),
        [.. credential.Results.Select(result => new ResultView(Shown(result.Measure), Shown(result.Level ?? result.Value), Shown(result.Descriptor)))],
        credential.ValidFrom,
        credential.ValidUntil);

    /// <summary>A stranger's text in an answer of ours: without U+0000, which our JSON never carries, and not endless.</summary>
    private static string? Shown(string? text) => text is null ? null : (text.Length > LongestText ? $"{text[..LongestText]}…" : text).Replace('\0', '\uFFFD');

    private static string Words(KnownVerdict verdict) => verdict switch
    {
        KnownVerdict.Valid => "Genuine: signed by the school that it names, and in force.",
        KnownVerdict.ValidIssuerUnknown => "Genuine, but we don't know this school: the signature is its own.",
        KnownVerdict.Expired => "Out of date: it was genuine until a day that has passed.",
        KnownVerdict.RevokedOrSuspended => "Taken back or on hold by the school that gave it.",
        KnownVerdict.CouldNotBeChecked => "Could not be checked now: the school's key or list is out of reach. Please try again later.",
        _ => "Not genuine: it is not what a school signed.",
    };

    private static string Term<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>The answer about a credential inside another; <paramref name="Place"/> is a JSON Pointer.</summary>
internal sealed record InnerAnswer(string Place, VerificationAnswer Answer);
