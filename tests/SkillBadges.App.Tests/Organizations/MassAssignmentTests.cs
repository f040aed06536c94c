using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.Organizations;

/// <summary>No property of what is stored can be set by sending it along.</summary>
public sealed class MassAssignmentTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] StoredMembers =
    [
        .. new[] { typeof(Person), typeof(Membership), typeof(Organization), typeof(Account), typeof(Session), typeof(ClassSection) }
            .SelectMany(type => type.GetProperties()).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Distinct(),
    ];

    [Fact]
    public async Task Every_member_that_an_operation_does_not_name_is_refused()
    {
        var admin = await app.StateAdminAsync();
        using var client = await app.AsAsync(admin);
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        (string Address, JsonObject Body)[] operations =
        [
            ("/api/people", new() { ["displayName"] = "Eve", ["organizationId"] = school.Id.Value, ["role"] = "student", ["rightsPassOn"] = "2030-01-01" }),
            ("/api/memberships", new() { ["personId"] = admin.Value, ["organizationId"] = school.Id.Value, ["role"] = "student" }),
            ("/api/organizations", new() { ["slug"] = "mass", ["name"] = "Mass", ["kind"] = "college", ["parent"] = school.Id.Value, ["timeZone"] = "UTC", ["scaleId"] = "x" }),
            ("/api/class-sections", new() { ["organizationId"] = school.Id.Value, ["name"] = "Mass" }),
        ];
        Assert.InRange(StoredMembers.Length, 25, 100);

        foreach (var (address, body) in operations)
        {
            foreach (var member in StoredMembers.Where(member => !body.ContainsKey(member)))
            {
                var forged = (JsonObject)body.DeepClone();
                forged[member] = "forged";
                using var answer = await client.PostTextAsync(address, forged.ToJsonString());
                await answer.RefusesAsync(400, "request.unknown-member");
            }
        }
    }
}
