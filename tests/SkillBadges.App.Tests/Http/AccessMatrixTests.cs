using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Evidence;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Http;

/// <summary>Who gets what from which door. An operation about learners' work that has no row here fails the test.</summary>
[Collection(DistrictCollection.Name)]
public sealed class AccessMatrixTests(TestDistrict district)
{
    private static readonly string[] Tags = ["Badges", "Submissions", "Uploads", "Review", "Placements", "Awards", "Verification", "Student record", "Notices"];

    private static readonly string[] Actors = ["anonymous", "learner", "other learner", "teacher", "teacher elsewhere", "supervisor", "registrar", "guardian"];

    // Expected for each of the actors, in that order.
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["GET /api/badges"] = "200 200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}"] = "200 200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}/versions/{version:int}"] = "200 200 200 200 200 200 200 200",
        ["GET /api/badges/{slug}/lint"] = "200 200 200 200 200 200 200 200",
        ["GET /api/graduate-profiles"] = "200 200 200 200 200 200 200 200",
        ["GET /api/graduate-profiles/{slug}"] = "200 200 200 200 200 200 200 200",
        ["GET /api/frameworks"] = "200 200 200 200 200 200 200 200",
        ["POST /api/frameworks"] = "401 403 403 403 403 403 403 403",
        ["POST /api/frameworks/imports"] = "401 403 403 403 403 403 403 403",
        ["GET /api/frameworks/{id}"] = "404 404 404 404 404 404 404 404",
        ["PUT /api/frameworks/{id}"] = "401 428 428 428 428 428 428 428",
        ["GET /api/frameworks/{id}/items"] = "404 404 404 404 404 404 404 404",
        ["GET /api/frameworks/{id}/package"] = "404 404 404 404 404 404 404 404",
        ["GET /api/framework-items"] = "404 404 404 404 404 404 404 404",
        ["GET /api/badges/{slug}/alignments"] = "200 200 200 200 200 200 200 200",
        ["GET /api/articulations"] = "200 200 200 200 200 200 200 200",
        ["POST /api/articulations"] = "401 403 403 403 403 403 422 403",
        ["GET /api/articulations/{id}"] = "404 404 404 404 404 404 404 404",
        ["POST /api/articulations/{id}/revisions"] = "401 404 404 404 404 404 404 404",
        ["POST /api/articulations/{id}/approvals"] = "401 404 404 404 404 404 404 404",
        ["POST /api/articulations/{id}/end"] = "401 404 404 404 404 404 404 404",
        ["GET /api/organizations/{id}/articulations"] = "401 403 403 403 403 403 403 403",
        ["POST /api/submissions"] = "401 201 201 201 403 403 201 403",
        ["GET /api/submissions"] = "401 200 200 200 200 200 200 200",
        ["GET /api/submissions/{id}"] = "401 200 404 200 404 404 200 200",
        ["POST /api/submissions/{id}/evidence"] = "401 200 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/files"] = "401 200 404 404 404 404 404 404",
        ["DELETE /api/submissions/{id}/evidence/{competency}/{evidence}"] = "401 200 404 404 404 404 404 404",
        ["PUT /api/submissions/{id}/reflections/{competency}"] = "401 200 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/attempts"] = "401 200 404 404 404 404 404 404",
        ["GET /api/submissions/{id}/evidence/{evidence}/content"] = "401 200 404 200 404 404 200 200",
        ["POST /api/submissions/{id}/evidence/{evidence}/links"] = "401 200 404 200 404 404 200 200",
        ["POST /api/submissions/{id}/evidence/{evidence}/erasures"] = "401 404 404 404 404 404 200 404",
        ["OPTIONS /api/uploads"] = "204 204 204 204 204 204 204 204",
        ["POST /api/uploads"] = "401 201 404 404 404 404 404 404",
        ["GET /api/uploads"] = "401 200 200 200 200 200 200 200",
        ["GET /api/uploads/{id}"] = "401 200 404 404 404 404 404 404",
        ["HEAD /api/uploads/{id}"] = "401 200 404 404 404 404 404 404",
        ["PATCH /api/uploads/{id}"] = "401 204 404 404 404 404 404 404",
        ["DELETE /api/uploads/{id}"] = "401 204 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/decisions"] = "401 403 404 201 404 404 404 404",
        ["POST /api/submissions/{id}/corrections"] = "401 403 404 201 404 404 404 404",
        ["DELETE /api/submissions/{id}/decisions/{decision}"] = "401 403 404 409 404 404 404 404",
        ["POST /api/review-tasks/next"] = "401 404 404 200 404 404 404 404",
        ["POST /api/review-tasks/{submission}/claim"] = "401 404 404 200 404 404 404 404",
        ["DELETE /api/review-tasks/{submission}/claim"] = "401 404 404 200 404 404 404 404",
        ["POST /api/assignments"] = "401 403 403 403 403 403 201 403",
        ["GET /api/assignments"] = "401 200 200 200 200 200 200 200",
        ["GET /api/assignments/{id}"] = "401 404 404 200 404 404 200 404",
        ["PUT /api/assignments/{id}"] = "401 404 404 404 404 404 200 404",
        ["POST /api/assignments/{id}/end"] = "401 404 404 404 404 404 200 404",
        ["POST /api/delegations"] = "401 422 422 201 422 422 422 422",
        ["GET /api/delegations"] = "401 200 200 200 200 200 200 200",
        ["POST /api/delegations/{id}/end"] = "401 404 404 200 404 404 200 404",
        ["POST /api/qualifications"] = "401 403 403 403 403 403 201 403",
        ["GET /api/qualifications"] = "401 200 200 200 200 200 200 200",
        ["POST /api/qualifications/{id}/revocations"] = "401 404 404 404 404 404 200 404",
        ["POST /api/declared-relations"] = "401 403 403 201 403 403 201 403",
        ["GET /api/declared-relations"] = "401 200 200 200 200 200 200 200",
        ["POST /api/declared-relations/{id}/end"] = "401 404 404 404 404 404 200 404",
        ["POST /api/bulk-decisions"] = "401 200 200 200 200 200 200 200",
        ["POST /api/observations"] = "401 200 200 200 200 200 200 200",
        ["GET /api/observations"] = "401 200 200 200 200 200 200 200",
        ["GET /api/moderations"] = "401 403 403 200 403 403 200 403",
        ["GET /api/moderations/agreement"] = "401 403 403 403 403 403 200 403",
        ["GET /api/moderations/{id}"] = "401 404 404 404 404 404 404 404",
        ["POST /api/moderations/{id}/readings"] = "401 404 404 404 404 404 404 404",
        ["POST /api/moderations/{id}/closings"] = "401 404 404 404 404 404 404 404",
        ["GET /api/review-tasks"] = "401 200 200 200 200 200 200 200",
        ["POST /api/placements"] = "401 403 403 403 403 403 201 403",
        ["GET /api/placements"] = "401 200 200 200 200 200 200 200",
        ["GET /api/placements/{id}"] = "401 200 404 404 404 200 200 404",
        ["POST /api/placements/{id}/end"] = "401 403 404 404 404 403 200 404",
        ["POST /api/placements/{id}/pass"] = "401 404 404 404 404 404 201 404",
        ["GET /api/placements/{id}/pass"] = "401 404 404 404 404 404 200 404",
        ["DELETE /api/placements/{id}/pass"] = "401 404 404 404 404 404 200 404",
        ["GET /api/placements/{id}/papers"] = "401 200 404 404 404 200 200 200",
        ["PUT /api/placements/{id}/papers"] = "401 403 404 404 404 403 200 403",
        ["POST /api/placements/{id}/signatures"] = "401 201 404 404 404 201 201 201",
        ["GET /api/placements/{id}/missing"] = "401 200 404 404 404 200 200 200",
        ["GET /api/awards"] = "401 200 200 200 200 200 200 200",
        ["GET /api/awards/{id}"] = "401 200 404 404 404 404 200 404",
        ["GET /api/awards/{id}/credential"] = "401 200 404 404 404 404 200 404",
        ["POST /api/awards/{id}/suspensions"] = "401 403 403 403 404 404 200 403",
        ["POST /api/awards/{id}/reinstatements"] = "401 403 403 403 404 404 409 403",
        ["POST /api/awards/{id}/revocations"] = "401 403 403 403 404 404 200 403",
        ["GET /api/notices"] = "401 200 200 200 200 200 200 200",
        ["PUT /api/notices/{id}/read"] = "401 200 404 404 404 404 404 404",
        ["GET /api/notice-preferences"] = "401 200 200 200 200 200 200 200",
        ["PUT /api/notice-preferences/{kind}"] = "401 200 200 200 200 200 200 200",
        ["GET /api/letters"] = "401 403 403 403 403 403 403 403",
        ["POST /api/verify"] = "200 200 200 200 200 200 200 200",
        ["POST /api/verify/challenges"] = "200 200 200 200 200 200 200 200",
        ["GET /api/learners/{id}/gradebook"] = "401 200 404 404 404 404 404 200",
        ["GET /api/learners/{id}/disclosures"] = "401 200 404 404 404 404 404 200",
        ["POST /api/join-codes"] = "401 200 200 403 403 403 403 403",
        ["POST /api/joins"] = "401 403 403 403 403 403 422 403",
        ["POST /api/join-proposals"] = "401 403 403 403 403 403 201 403",
        ["POST /api/join-proposals/{id}/confirmations"] = "401 404 404 404 404 404 404 404",
    };

    private IEnumerable<RouteEndpoint> Operations => district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Any(Tags.Contains) == true);

    [Fact]
    public void Every_operation_about_learners_work_has_a_row() => Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), Operations.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_actor_gets_what_is_theirs_from_each_operation()
    {
        var surprises = new List<string>();
        foreach (var (operation, expected) in Expected)
        {
            var scene = await Scene.SetAsync(district, operation);
            var answers = new List<int>();
            foreach (var actor in Actors)
            {
                using var request = scene.Request(operation);
                using var answer = await scene.Clients[actor].SendAsync(request);
                answers.Add((int)answer.StatusCode);
            }

            if (string.Join(' ', answers) is var got && got != expected)
            {
                surprises.Add($"{operation}: {got}, not {expected}");
            }
        }

        Assert.Empty(surprises);
    }

    [Fact]
    public void No_operation_refused_with_what_it_does_not_declare() =>
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains("Undeclared refusal", StringComparison.Ordinal));

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{Assert.Single(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    /// <summary>A learner with work in the state that the operation is about, and everybody around.</summary>
    private sealed record Scene(TestDistrict District, TestLearner Learner, Submission Work, PersonId EastLearner, string Placement, string Notice, string Upload, MadeAssessors Made, DecisionAnswer? Decision, IReadOnlyDictionary<string, HttpClient> Clients)
    {
        public static async Task<Scene> SetAsync(TestDistrict district, string operation)
        {
            var learner = await district.LearnerAsync();
            var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
            var isDraft = operation.Contains("/attempts", StringComparison.Ordinal) || operation.Contains("/reflections", StringComparison.Ordinal) || operation.EndsWith("{id}/files", StringComparison.Ordinal)
                || operation.EndsWith("{id}/evidence", StringComparison.Ordinal) || operation.StartsWith("DELETE /api/submissions", StringComparison.Ordinal) || operation.Contains("/uploads", StringComparison.Ordinal);
            var (id, decision) = operation.Contains("/awards/", StringComparison.Ordinal) || operation.Contains("/corrections", StringComparison.Ordinal) || operation.Contains("/decisions/", StringComparison.Ordinal)
                ? await district.ApprovedAsync(learner.Person)
                : (isDraft ? await district.CompleteDraftAsync(learner.Person) : await district.TurnedInAsync(learner.Person), null);
            return new(
                district,
                learner,
                (await district.StoredAsync(id)).Document,
                (await district.LearnerAsync(district.East)).Person,
                placement.Id.Value,
                await district.NotifiedAsync(learner.Person),
                operation.Contains("/uploads", StringComparison.Ordinal) ? await UploadAsync(learner, (await district.StoredAsync(id)).Document) : "",
                await MadeAssessors.ForAsync(district, learner.Person),
                decision,
                new Dictionary<string, HttpClient>
                {
                    ["anonymous"] = district.App.Anonymous(),
                    ["learner"] = learner.Client,
                    ["other learner"] = (await district.LearnerAsync()).Client,
                    ["teacher"] = await district.AsAsync(district.Teacher),
                    ["teacher elsewhere"] = await district.AsAsync(district.EastTeacher),
                    ["supervisor"] = await district.AsAsync(district.Supervisor),
                    ["registrar"] = await district.AsAsync(district.WestRegistrar),
                    ["guardian"] = await district.AsAsync(await district.GuardianAsync(learner.Person)),
                });
        }

        private static async Task<string> UploadAsync(TestLearner learner, Submission work) =>
            (await new TusClient(learner.Client).BegunAsync(work.Id.Value, work.Draft[0].CompetencyId, 100, "photo.png")).Split('/')[^1];

        public HttpRequestMessage Request(string operation)
        {
            var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
            var work = Work.Draft[0];
            var item = route.EndsWith("/content", StringComparison.Ordinal) || route.EndsWith("/links", StringComparison.Ordinal) ? work.Items[^1] : work.Items[0];
            var id = route switch
            {
                _ when route.StartsWith("/api/submissions", StringComparison.Ordinal) => Work.Id.Value,
                _ when route.StartsWith("/api/placements", StringComparison.Ordinal) => Placement,
                _ when route.StartsWith("/api/notices", StringComparison.Ordinal) => Notice,
                _ when route.StartsWith("/api/uploads", StringComparison.Ordinal) => Upload,
                _ when route.StartsWith("/api/awards", StringComparison.Ordinal) => Decision?.Award!.Id ?? "",
                _ when route.StartsWith("/api/assignments", StringComparison.Ordinal) => Made.Assignment,
                _ when route.StartsWith("/api/delegations", StringComparison.Ordinal) => Made.Delegation,
                _ when route.StartsWith("/api/qualifications", StringComparison.Ordinal) => Made.Qualification,
                _ when route.StartsWith("/api/declared-relations", StringComparison.Ordinal) => Made.Relation,
                _ when route.StartsWith("/api/learners", StringComparison.Ordinal) => Learner.Person.Value,
                _ => "no-such",
            };
            var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("/imports", $"/imports?organizationId={District.West.Value}", StringComparison.Ordinal).Replace("/framework-items", "/framework-items?address=x", StringComparison.Ordinal)
                .Replace("{competency}", work.CompetencyId, StringComparison.Ordinal).Replace("{evidence}", item.Id, StringComparison.Ordinal)
                .Replace("{submission}", Work.Id.Value, StringComparison.Ordinal).Replace("{decision}", Decision?.Decision.Id ?? "", StringComparison.Ordinal)
                .Replace("{slug}", route.StartsWith("/api/graduate", StringComparison.Ordinal) ? "graduate-portrait" : TestDistrict.Badge, StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{kind}", "dueSoon", StringComparison.Ordinal);
            address += route is "/api/moderations" or "/api/moderations/agreement" ? $"?organization={District.West.Value}" : "";
            var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = method == "GET" ? null : Body(route, work) };
            if (route.StartsWith("/api/uploads", StringComparison.Ordinal))
            {
                request.Headers.Add("Tus-Resumable", "1.0.0");
                request.Headers.Add("Upload-Length", "100");
                request.Headers.Add("Upload-Metadata", TusClient.Metadata(("submission", Work.Id.Value), ("competency", work.CompetencyId), ("title", "Proof"), ("filename", "photo.png")));
                request.Headers.Add("Upload-Offset", "0");
            }

            if (operation == "PUT /api/assignments/{id}")
            {
                request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
            }

            return request;
        }

        private HttpContent? Body(string route, CompetencyWork work) => route switch
        {
            "/api/submissions" => Json(new { organization = District.West.Value, badge = "python-fundamentals" }),
            "/api/submissions/{id}/evidence" => Json(new { competency = work.CompetencyId, title = "More", text = "More." }),
            "/api/submissions/{id}/files" => UploadForms.Good(work.CompetencyId, "photo.png", UploadForms.Png(99)),
            "/api/submissions/{id}/evidence/{evidence}/erasures" => Json(new { reason = "The family asked for it." }),
            "/api/uploads/{id}" => UploadForms.Part(new byte[10]),
            "/api/submissions/{id}/reflections/{competency}" => Json(new { reflection = "Well." }),
            "/api/submissions/{id}/decisions" => Json(TestDistrict.Approval),
            "/api/submissions/{id}/corrections" => Json(new { decision = Decision!.Decision.Id, attempt = 1, outcome = "returned", reason = "A mistake.", comment = "Show more." }),
            "/api/bulk-decisions" => Json(new { items = new[] { new { submission = Work.Id.Value, attempt = 1, outcome = "approved" } } }),
            "/api/observations" => Json(new
            {
                badge = TestDistrict.Badge, competency = work.CompetencyId, organization = District.West.Value, items = new[] { new { id = "1", learner = Learner.Person.Value, level = "developing" } },
            }),
            "/api/moderations/{id}/readings" => Json(new { ratings = new[] { new { competencyId = work.CompetencyId, level = "proficient" } } }),
            "/api/moderations/{id}/closings" => Json(new { outcome = "We looked again." }),
            "/api/assignments" => Json(new { organization = District.West.Value, assessors = new[] { District.Teacher.Value }, badges = new[] { "wall-framing" } }),
            "/api/assignments/{id}" => Json(new { assessors = new[] { District.Teacher.Value }, badges = new[] { "wall-framing" } }),
            "/api/delegations" => Json(new
            {
                organization = District.West.Value, role = "teacher", @delegate = District.UnassignedTeacher.Value,
                from = District.App.Clock.GetUtcNow().AddDays(200), to = District.App.Clock.GetUtcNow().AddDays(201),
            }),
            "/api/qualifications" => Json(new
            {
                organization = District.West.Value, holder = District.UnassignedTeacher.Value, code = "rigger", number = "R-1", issuer = "A board", evidence = "The register says so.",
            }),
            "/api/qualifications/{id}/revocations" => Json(new { reason = "It ran out." }),
            "/api/declared-relations" => Json(new { organization = District.West.Value, learner = Learner.Person.Value, kind = "other" }),
            "/api/placements" => Json(new
            {
                learner = Learner.Person.Value, school = District.West.Value, employer = District.Market.Value, supervisor = District.Supervisor.Value,
                from = District.App.Clock.GetUtcNow(), to = District.App.Clock.GetUtcNow().AddDays(30), badges = new[] { TestDistrict.SupervisedBadge },
            }),
            "/api/placements/{id}/pass" => Json(new { channel = "mail", address = "sam@market.example" }),
            "/api/placements/{id}/papers" => Json(new { isMinor = true }),
            "/api/placements/{id}/signatures" => Json(new { }),
            "/api/awards/{id}/suspensions" or "/api/awards/{id}/reinstatements" or "/api/awards/{id}/revocations" => Json(new { reason = "A reason." }),
            "/api/notice-preferences/{kind}" => Json(new { delivery = "off" }),
            "/api/verify" => new StringContent("not a badge"),
            "/api/verify/challenges" => Json(new { }),
            "/api/frameworks" => Json(new { organizationId = District.West.Value, framework = new { title = "T", items = Array.Empty<object>() } }),
            "/api/frameworks/{id}" => Json(new { title = "T", items = Array.Empty<object>() }),
            "/api/frameworks/imports" => Json(new { CFDocument = 1 }),
            "/api/articulations" => Json(new { organizationId = District.West.Value, kind = "badge", slug = TestDistrict.Badge, schoolId = District.West.Value, collegeId = District.East.Value, terms = Terms }),
            "/api/articulations/{id}/revisions" => Json(new { organizationId = District.West.Value, terms = Terms }),
            "/api/articulations/{id}/approvals" => Json(new { organizationId = District.West.Value, revision = 1 }),
            "/api/articulations/{id}/end" => Json(new { organizationId = District.West.Value, lastDay = "2027-06-30" }),
            "/api/joins" => Json(new { school = District.West.Value, student = Learner.Person.Value, code = "AAAA-AAAA-AAAA" }),
            "/api/join-proposals" => Json(new { school = District.West.Value, student = Learner.Person.Value, otherSchool = District.East.Value, otherStudent = EastLearner.Value }),
            _ => null,
        };

        private static readonly object Terms = new { courseCode = "W 1", courseTitle = "Welding", credits = 3, from = "2026-08-01" };

        private static System.Net.Http.Json.JsonContent Json(object body) => System.Net.Http.Json.JsonContent.Create(body);
    }
}
