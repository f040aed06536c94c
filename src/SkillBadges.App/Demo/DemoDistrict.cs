using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Demo;

/// <summary>An organization of the sample district.</summary>
internal sealed record DemoOrganization(string Slug, string Name, OrganizationKind Kind, string? Parent = null, string? Scale = null, int Students = 0);

/// <summary>Somebody with a sign-in of their own that the console prints.</summary>
internal sealed record DemoPerson(string Login, string Name, string Organization, Role Role, string About);

/// <summary>Who lives in the sample district. All names are invented.</summary>
internal static class DemoDistrict
{
    /// <summary>The same for everybody, and printed: there is nothing to protect.</summary>
    public const string Password = "open-sesame-2026";

    public static readonly ImmutableArray<DemoOrganization> Organizations =
    [
        new("state-cte-office", "State Office of Career Education", OrganizationKind.StateOffice),
        new("westfield-district", "Westfield School District", OrganizationKind.District, "state-cte-office", "four-level"),
        new("eastridge-district", "Eastridge School District", OrganizationKind.District, "state-cte-office", "named-four"),
        new("northgate-district", "Northgate School District", OrganizationKind.District, "state-cte-office", "letters"),
        new("westfield-high", "Westfield High School", OrganizationKind.HighSchool, "westfield-district", "four-level", 80),
        new("summit-high", "Summit High School", OrganizationKind.HighSchool, "westfield-district", "four-level", 30),
        new("eastridge-high", "Eastridge High School", OrganizationKind.HighSchool, "eastridge-district", "named-four", 40),
        new("northgate-high", "Northgate High School", OrganizationKind.HighSchool, "northgate-district", "letters", 30),
        new("river-valley-cte", "River Valley Career Center", OrganizationKind.CteCenter, "state-cte-office", "four-level", 12),
        new("open-sky-academy", "Open Sky Online Academy", OrganizationKind.OnlineAcademy, "state-cte-office", "four-level", 8),
        new("lakeside-college", "Lakeside Community College", OrganizationKind.College, null, "four-level"),
        new("pine-state-college", "Pine State College", OrganizationKind.College, null, "four-level"),
        new("harlan-fabrication", "Harlan Fabrication", OrganizationKind.Employer),
        new("bluebird-care", "Bluebird Care Home", OrganizationKind.Employer),
        new("northside-market", "Northside Market", OrganizationKind.Employer),
        new("summit-kitchens", "Summit Kitchens", OrganizationKind.Employer),
        new("keystone-electric", "Keystone Electric", OrganizationKind.Employer),
        new("brightline-media", "Brightline Media", OrganizationKind.Employer),
        new("welding-council", "Regional Welding Council", OrganizationKind.IndustryBody),
    ];

    public static readonly ImmutableArray<DemoPerson> People =
    [
        new("state.admin", "Jordan Blake", "state-cte-office", Role.StateAdmin, "runs the instance"),
        new("ms.rivera", "Elena Rivera", "westfield-high", Role.Teacher, "150 pieces of work wait for her"),
        new("ms.ellery", "Joan Ellery", "westfield-high", Role.Teacher, "registered nurse, decides where the school names her"),
        new("mr.chen", "Daniel Chen", "eastridge-high", Role.Teacher, "teaches where Maya moves to"),
        new("ms.okafor", "Ada Okafor", "northgate-high", Role.Teacher, "does not accept other schools' levels yet"),
        new("mr.lund", "Peter Lund", "summit-high", Role.Teacher, "teaches at a small school"),
        new("ms.haddad", "Rania Haddad", "river-valley-cte", Role.Teacher, "teaches at the career center"),
        new("mr.silva", "Rui Silva", "open-sky-academy", Role.Teacher, "teaches online"),
        new("sam.carter", "Sam Carter", "northside-market", Role.Supervisor, "supervises internships at a market"),
        new("w.registrar", "Grace Miller", "westfield-high", Role.Registrar, "keeps Westfield's records"),
        new("e.registrar", "Omar Reyes", "eastridge-high", Role.Registrar, "keeps Eastridge's records"),
        new("w.admin", "Helen Novak", "westfield-high", Role.OrganizationAdmin, "runs Westfield High"),
        new("counselor", "Priya Nair", "westfield-high", Role.Counselor, "counsels at Westfield"),
        new("parent", "Ruth Adams", "westfield-high", Role.Guardian, "mother of Maya, guardian of Leo"),
        new("college", "Ivan Petrov", "lakeside-college", Role.Registrar, "admits at Lakeside"),
        new("l.dean", "Marta Ruiz", "lakeside-college", Role.OrganizationAdmin, "signs badges for Lakeside"),
        new("h.author", "Tom Harlan", "harlan-fabrication", Role.IndustryAuthor, "writes badges for Harlan Fabrication"),
        new("maya", "Maya Adams", "westfield-high", Role.Student, "11th grade, moves to Eastridge mid-year"),
        new("maya.east", "Maya Adams", "eastridge-high", Role.Student, "the same learner on Eastridge's roster"),
        new("leo", "Leo Marsh", "westfield-high", Role.Student, "interns at Northside Market"),
        new("nia", "Nia Flores", "westfield-high", Role.Student, "16, takes college courses beside school"),
        new("nia.college", "Nia Flores", "lakeside-college", Role.Student, "the same learner on Lakeside's roster"),
        new("nia.parent", "Carmen Flores", "westfield-high", Role.Guardian, "mother of Nia"),
    ];

    /// <summary>Schools that accept the levels of all the others; Northgate has not decided yet.</summary>
    public static bool AcceptsOthers(DemoOrganization organization) => organization.Slug != "northgate-high";

    private static readonly string[] First =
    [
        "Ava", "Ben", "Chloe", "Diego", "Emma", "Farid", "Gwen", "Hana", "Isaac", "Jada", "Kai", "Luz", "Mateo", "Nora", "Owen", "Paz", "Quinn", "Rosa", "Sofia", "Theo",
    ];

    private static readonly string[] Last = ["Abbott", "Brooks", "Castillo", "Dawson", "Ellis", "Fuentes", "Grant", "Hughes", "Ito", "Jensen"];

    /// <summary>The n-th invented student; all 200 names differ.</summary>
    public static string StudentName(int number) => $"{First[number % First.Length]} {Last[number / First.Length % Last.Length]}";
}
