using System.Text.Json.Nodes;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A college that promised credit for what students of Summit earn, and a guardian of each student who is asked for.</summary>
/// <param name="Id">Of the agreement.</param>
/// <param name="Student">The student's id.</param>
/// <param name="Name">The student's name.</param>
internal sealed record CreditAgreement(string Id, string Student, string Name)
{
    public const string Badge = "bookkeeping-cycle";
    public const string Guardian = "parent";

    public static async Task<CreditAgreement> MakeAsync(Browsing browsing, string login)
    {
        using var student = await browsing.ClientAsync(login);
        using var mother = await browsing.ClientAsync(Guardian);
        using var registrar = await browsing.ClientAsync("w.registrar");
        var me = await student.FetchAsync("/api/me", default);
        var school = Place(me);
        await browsing.OnceAsync("agreement", () => AgreeAsync(browsing, school, registrar, mother));
        await browsing.OnceAsync(
            $"guardian of {login}",
            () => registrar.PostAsync("/api/guardianships", new() { ["guardianId"] = mother.PersonId, ["learnerId"] = student.PersonId, ["recordKeeperId"] = school, ["proof"] = "schoolRecord" }, default));
        var made = (await registrar.FetchAsync($"/api/organizations/{school}/articulations", default))["items"]![0]!;
        return new(made["id"]!.GetValue<string>(), student.PersonId, me["displayName"]!.GetValue<string>());
    }

    /// <returns>The student's id and that of a claim that waits for the college.</returns>
    public static async Task<(string Student, string Claim)> ClaimAsync(Browsing browsing, string login)
    {
        var agreement = await MakeAsync(browsing, login);
        using var mother = await browsing.ClientAsync(Guardian);
        await browsing.OnceAsync($"claim of {login}", () => mother.PostAsync(
            "/api/credit-claims",
            new()
            {
                ["learner"] = agreement.Student, ["articulation"] = agreement.Id, ["subject"] = $"{Badge}@1", ["term"] = "2027-fall",
                ["applicant"] = new JsonObject { ["name"] = agreement.Name, ["bornOn"] = "2010-04-02", ["number"] = "C0041235" },
            },
            default));
        var claims = await mother.FetchAsync($"/api/credit-claims?learner={agreement.Student}", default);
        return (agreement.Student, claims["items"]![0]!["id"]!.GetValue<string>());
    }

    private static async Task AgreeAsync(Browsing browsing, string school, DemoClient registrar, DemoClient mother)
    {
        using var state = await browsing.ClientAsync("state.admin");
        using var admissions = await browsing.ClientAsync("college");
        var college = Place(await admissions.FetchAsync("/api/me", default));
        await state.PostAsync("/api/memberships", new() { ["personId"] = registrar.PersonId, ["organizationId"] = school, ["role"] = "registrar" }, default);
        await state.PostAsync("/api/memberships", new() { ["personId"] = mother.PersonId, ["organizationId"] = school, ["role"] = "guardian" }, default);
        var terms = new JsonObject { ["courseCode"] = "ACCT 1010", ["courseTitle"] = "Bookkeeping", ["credits"] = 3, ["from"] = DemoWork.Day(-60), ["fee"] = 25, ["conditions"] = "Enroll within two years after graduation." };
        var proposed = await registrar.PostAsync(
            "/api/articulations", new() { ["organizationId"] = school, ["kind"] = "badge", ["slug"] = Badge, ["schoolId"] = school, ["collegeId"] = college, ["terms"] = terms }, default);
        await admissions.PostAsync($"/api/articulations/{proposed["id"]}/approvals", new() { ["organizationId"] = college, ["revision"] = 1 }, default);
    }

    private static string Place(JsonNode me) => me["memberships"]![0]!["organizationId"]!.GetValue<string>();
}
