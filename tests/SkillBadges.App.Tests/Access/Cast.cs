using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Access;

/// <summary>Everybody the rules tell apart, by what they are to one learner of West.</summary>
internal static class Cast
{
    public static readonly string[] Everybody =
    [
        "anonymous", "own", "other learner", "guardian", "assigned teacher", "teacher of the school", "teacher elsewhere", "registrar", "registrar elsewhere",
        "supervisor", "supervisor of another", "admin of another state", "state admin",
    ];

    /// <summary>Those who are the same for every learner.</summary>
    public static async Task<Dictionary<string, HttpClient>> AroundAsync(TestDistrict district)
    {
        var otherSupervisor = await district.App.PersonAsync(district.Market, Role.Supervisor);
        var elsewhere = (await district.App.OrganizationAsync(OrganizationKind.StateOffice)).Id;
        return new(StringComparer.Ordinal)
        {
            ["anonymous"] = district.App.Anonymous(),
            ["other learner"] = (await district.LearnerAsync()).Client,
            ["assigned teacher"] = await district.AsAsync(district.Teacher),
            ["teacher of the school"] = await district.AsAsync(district.UnassignedTeacher),
            ["teacher elsewhere"] = await district.AsAsync(district.EastTeacher),
            ["registrar"] = await district.AsAsync(district.WestRegistrar),
            ["registrar elsewhere"] = await district.AsAsync(district.EastRegistrar),
            ["supervisor"] = await district.AsAsync(district.Supervisor),
            ["supervisor of another"] = await district.AsAsync(otherSupervisor),
            ["admin of another state"] = await district.AsAsync(await district.App.PersonAsync(elsewhere, Role.OrganizationAdmin)),
            ["state admin"] = await district.AsAsync(await district.App.StateAdminAsync()),
        };
    }

    /// <summary>The same with the learner and a guardian of theirs.</summary>
    public static async Task<IReadOnlyDictionary<string, HttpClient>> OfAsync(TestDistrict district, TestLearner learner, IReadOnlyDictionary<string, HttpClient> around) =>
        new Dictionary<string, HttpClient>(around, StringComparer.Ordinal)
        {
            ["own"] = learner.Client,
            ["guardian"] = await district.AsAsync(await district.GuardianAsync(learner.Person)),
        };
}
