using System.Net.Http.Headers;
using System.Net.Http.Json;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>Who gets what from each door of co-authoring; AccessMatrixTests fail for a door without a row.</summary>
[Collection(DistrictCollection.Name)]
public sealed class DefinitionAccessTests(TestDistrict district)
{
    // Of the organization that leads the badge, of another at its table, of one that is not, and of the state.
    private static readonly string[] Actors = ["anonymous", "learner", "lead teacher", "lead admin", "partner admin", "admin elsewhere", "state admin"];

    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["POST /api/definitions"] = "401 403 201 201 403 403 403",
        ["GET /api/definitions/{slug}"] = "401 404 200 200 200 404 404",
        ["POST /api/definitions/{slug}/organizations"] = "401 404 200 200 403 404 404",
        ["POST /api/definitions/{slug}/departures"] = "401 404 403 403 200 404 404",
        ["POST /api/definitions/{slug}/minutes"] = "401 404 403 201 201 404 404",
        ["GET /api/definitions/{slug}/minutes/{sha256}"] = "401 404 404 404 404 404 404",
        ["GET /api/definitions/{slug}/revisions"] = "401 404 200 200 200 404 404",
        ["GET /api/definitions/{slug}/revisions/{number:int}"] = "401 404 200 200 200 404 404",
        ["GET /api/definitions/{slug}/revisions/{number:int}/lint"] = "401 404 200 200 200 404 404",
        ["GET /api/definitions/{slug}/differences"] = "401 404 200 200 200 404 404",
        ["POST /api/definitions/{slug}/pictures"] = "401 404 200 200 200 404 404",
        ["GET /api/organizations/{id}/definitions"] = "401 403 200 200 403 403 403",
        ["POST /api/definitions/{slug}/proposals"] = "401 404 201 201 201 404 404",
        ["POST /api/definitions/{slug}/skill-copies"] = "401 404 201 201 201 404 404",
        ["GET /api/definitions/{slug}/proposals"] = "401 404 200 200 200 404 404",
        ["GET /api/definitions/{slug}/proposals/{id}"] = "401 404 200 200 200 404 404",
        ["POST /api/definitions/{slug}/proposals/{id}/acceptances"] = "401 404 403 403 200 404 404",
        ["POST /api/definitions/{slug}/proposals/{id}/rejections"] = "401 404 200 409 409 404 404",
        ["DELETE /api/definitions/{slug}/proposals/{id}"] = "401 404 200 409 409 404 404",
        ["POST /api/definitions/{slug}/comments"] = "401 404 201 201 201 404 404",
        ["GET /api/definitions/{slug}/comments"] = "401 404 200 200 200 404 404",
        ["PUT /api/definitions/{slug}/comments/{id}"] = "401 404 200 200 200 404 404",
        ["GET /api/definitions/{slug}/sign-offs"] = "401 404 200 200 200 404 404",
        ["POST /api/definitions/{slug}/sign-offs"] = "401 404 403 200 200 404 404",
        ["POST /api/definitions/{slug}/sign-offs/{id}/withdrawals"] = "401 404 403 200 403 404 404",
        ["POST /api/definitions/{slug}/committee-votes"] = "401 404 403 200 200 404 404",
        ["POST /api/definitions/{slug}/signers"] = "401 404 403 403 201 404 404",
        ["GET /api/definitions/{slug}/signers"] = "401 404 200 200 200 404 404",
        ["DELETE /api/definitions/{slug}/signers/{id}"] = "401 404 403 403 200 404 404",
        ["POST /api/definitions/{slug}/publications"] = "401 404 403 409 403 404 404",
        ["POST /api/definitions/{slug}/retirements"] = "401 404 403 404 403 404 404",
        ["GET /api/badges/{slug}/versions/{version:int}/provenance"] = "200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}/versions/{version:int}/bridge"] = "200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}/versions/{version:int}/endorsements"] = "200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}/differences"] = "200 200 200 200 200 200 200",
        ["GET /api/awards/{id}/bridge"] = "401 404 404 404 404 404 404",
    };

    /// <summary>Rows of the whole table that stand here, since its people are others.</summary>
    internal static IEnumerable<string> Rows => Expected.Keys;

    [Fact]
    public async Task Each_actor_gets_what_is_theirs_from_each_operation()
    {
        var surprises = new List<string>();
        foreach (var (operation, expected) in Expected)
        {
            var workshop = await Workshop.OpenAsync(district.App);
            var clients = new Dictionary<string, HttpClient>
            {
                ["anonymous"] = district.App.Anonymous(),
                ["learner"] = (await district.LearnerAsync()).Client,
                ["lead teacher"] = workshop.LeadTeacher,
                ["lead admin"] = workshop.LeadAdmin,
                ["partner admin"] = workshop.CollegeAdmin,
                ["admin elsewhere"] = await district.AsAsync(await district.App.PersonAsync(district.East, Role.OrganizationAdmin)),
                ["state admin"] = await district.AsAsync(await district.App.StateAdminAsync()),
            };
            var (proposal, comment, signOff, signer) = (await workshop.ProposeAsync("Read aloud."), await workshop.CommentAsync(), await workshop.SignAsync(workshop.LeadAdmin), await workshop.InviteAsync(workshop.CollegeAdmin, workshop.College));
            var answers = new List<int>();
            foreach (var actor in Actors)
            {
                var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
                var isPublic = route.StartsWith("/api/badges", StringComparison.Ordinal);
                var id = route.Contains("/comments/", StringComparison.Ordinal) ? comment : route.Contains("/sign-offs/", StringComparison.Ordinal) ? signOff : route.Contains("/signers/", StringComparison.Ordinal) ? signer.Id
                    : route.Contains("/organizations/", StringComparison.Ordinal) ? workshop.Lead.Value : proposal;
                var address = route.Replace("{slug}", isPublic ? TestDistrict.Badge : workshop.Slug, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal)
                    .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal) + (route.EndsWith("differences", StringComparison.Ordinal) ? "?from=1&to=1" : "");
                using var request = new HttpRequestMessage(new(method), new Uri(address, UriKind.Relative)) { Content = method is "GET" or "DELETE" ? null : Body(route, workshop, actor) };
                using var answer = await clients[actor].SendAsync(request);
                answers.Add((int)answer.StatusCode);
            }

            if (string.Join(' ', answers) is var got && got != expected)
            {
                surprises.Add($"{operation}: {got}, not {expected}");
            }
        }

        Assert.Empty(surprises);
    }

    private static HttpContent? Body(string route, Workshop workshop, string actor) => route switch
    {
        "/api/definitions" => Json(new { organizationId = workshop.Lead.Value, slug = $"new-{Guid.NewGuid():N}"[..20], content = new { name = "New" } }),
        "/api/definitions/{slug}/organizations" => Json(new { organizationId = workshop.Forge.Value }),
        "/api/definitions/{slug}/departures" => Json(new { organizationId = workshop.College.Value, reason = "Our program ends.", knowing = true }),
        "/api/definitions/{slug}/minutes" => new ByteArrayContent("Moved and carried."u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } },
        "/api/definitions/{slug}/pictures" => new ByteArrayContent(Workshop.Picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } },
        "/api/definitions/{slug}/proposals" => Json(new { onRevision = 1, content = workshop.Content($"By {actor}."), note = "Better." }),
        "/api/definitions/{slug}/proposals/{id}/rejections" => Json(new { reason = "No." }),
        "/api/definitions/{slug}/skill-copies" => Json(new { onRevision = 1, source = "bookkeeping-cycle@1", sourceCompetency = "journalizing", competency = "hot-work-safety", parts = new[] { "choiceBoard" } }),
        "/api/definitions/{slug}/comments" => Json(new { path = "criteria", text = "Hm." }),
        "/api/definitions/{slug}/comments/{id}" => Json(new { isResolved = true }),
        "/api/definitions/{slug}/sign-offs" => Json(new { revision = 1 }),
        "/api/definitions/{slug}/sign-offs/{id}/withdrawals" => Json(new { reason = "No more." }),
        "/api/definitions/{slug}/committee-votes" => Json(Workshop.Vote),
        "/api/definitions/{slug}/signers" => Json(new { organizationId = workshop.College.Value, address = "vice@college.example" }),
        "/api/definitions/{slug}/publications" => Json(new { revision = 1 }),
        "/api/definitions/{slug}/retirements" => Json(new { reason = "Over." }),
        _ => null,
    };

    private static JsonContent Json(object body) => JsonContent.Create(body);
}
