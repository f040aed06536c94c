using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations.Office;

/// <summary>What an organization is, in people's words.</summary>
internal static class OrganizationWords
{
    public static string Of(Texts T, OrganizationKind kind) => kind switch
    {
        OrganizationKind.StateOffice => T["state office"],
        OrganizationKind.District => T["school district"],
        OrganizationKind.HighSchool => T["high school"],
        OrganizationKind.CteCenter => T["career and technical center"],
        OrganizationKind.College => T["college"],
        OrganizationKind.Employer => T["employer"],
        OrganizationKind.IndustryBody => T["industry body"],
        _ => T["online academy"],
    };
}
