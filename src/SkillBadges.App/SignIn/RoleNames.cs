using SkillBadges.Core.Organizations;

namespace SkillBadges.App.SignIn;

/// <summary>Roles in people's words.</summary>
internal static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Student => "student",
        Role.Teacher => "teacher",
        Role.Supervisor => "workplace supervisor",
        Role.Counselor => "counselor",
        Role.Guardian => "parent or guardian",
        Role.Registrar => "registrar",
        Role.Employer => "employer",
        Role.IndustryAuthor => "industry author of badges",
        Role.OrganizationAdmin => "administrator",
        Role.StateAdmin => "state administrator",
        _ => throw new InvalidOperationException($"{role} has no name."),
    };
}
