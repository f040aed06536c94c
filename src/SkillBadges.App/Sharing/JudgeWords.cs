using SkillBadges.App.Layout;
using SkillBadges.App.SignIn;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;

namespace SkillBadges.App.Sharing;

/// <summary>Who judged, for those outside the school: what kind of person, never which.</summary>
internal static class JudgeWords
{
    /// <summary>Null where nobody is named.</summary>
    public static string? Of(Texts t, SharedLevel level) => level.SignedOffBy.IsEmpty ? null : SignedOffBy(t, level.SignedOffBy);

    /// <param name="t">The reader's language.</param>
    /// <param name="roles">As records of sharing hold them.</param>
    public static string SignedOffBy(Texts t, params IEnumerable<string> roles) => t["signed off by {0}", string.Join($" {t["and"]} ", roles.Select(role => Role(t, role)))];

    private static string Role(Texts t, string role) => role switch
    {
        nameof(Core.Organizations.Role.Teacher) => t["a teacher"],
        nameof(Core.Organizations.Role.Supervisor) => t["a workplace supervisor"],
        _ => Enum.TryParse<Role>(role, out var known) ? RoleNames.Of(t, known) : role,
    };
}
