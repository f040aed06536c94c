using SkillBadges.App.Layout;
using SkillBadges.App.SignIn;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;

namespace SkillBadges.App.Sharing;

/// <summary>Who judged, for those outside the school: what kind of person and for which school or workplace, never who.</summary>
internal static class JudgeWords
{
    /// <summary>Null where nobody is named.</summary>
    public static string? Of(Texts t, SharedLevel level) => level.Judges.IsEmpty ? null : Joined(t, level.Judges.Select(judge => judge.Organization is { } place ? t["{0} at {1}", Role(t, judge.Role), place] : Role(t, judge.Role)));

    /// <param name="t">The reader's language.</param>
    /// <param name="roles">As records of sharing hold them.</param>
    public static string SignedOffBy(Texts t, params IEnumerable<string> roles) => Joined(t, roles.Select(role => Role(t, role)));

    private static string Joined(Texts t, IEnumerable<string> judges) => t["signed off by {0}", string.Join($" {t["and"]} ", judges)];

    private static string Role(Texts t, string role) => role switch
    {
        nameof(Core.Organizations.Role.Teacher) => t["a teacher"],
        nameof(Core.Organizations.Role.Supervisor) => t["a workplace supervisor"],
        _ => Enum.TryParse<Role>(role, out var known) ? RoleNames.Of(t, known) : role,
    };
}
