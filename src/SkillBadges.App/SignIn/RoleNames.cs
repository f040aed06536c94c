using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.SignIn;

/// <summary>Roles in people's words.</summary>
internal static class RoleNames
{
    /// <summary>In English, for the console.</summary>
    public static string Of(Role role) => Of(new Texts("en"), role);

    public static string Of(Texts T, Role role) => role switch
    {
        Role.Student => T["student"],
        Role.Teacher => T["teacher"],
        Role.Supervisor => T["workplace supervisor"],
        Role.Counselor => T["counselor"],
        Role.Guardian => T["parent or guardian"],
        Role.Registrar => T["registrar"],
        Role.Employer => T["employer"],
        Role.IndustryAuthor => T["industry author of badges"],
        Role.OrganizationAdmin => T["administrator"],
        Role.StateAdmin => T["state administrator"],
        _ => throw new InvalidOperationException($"{role} has no name."),
    };
}
