using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Evidence;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Tests.Access;

/// <summary>A learner with work in the state that the operation is about, and everybody around.</summary>
internal sealed record WorkScene(TestDistrict District, TestLearner Learner, Submission Work, PersonId EastLearner, string Placement, string Notice, string Upload, MadeAssessors Made, DecisionAnswer? Decision, string Seen)
{
    public static async Task<WorkScene> SetAsync(TestDistrict district, string operation)
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        var isDraft = (operation.StartsWith("POST", StringComparison.Ordinal) && operation.Contains("/attempts", StringComparison.Ordinal)) || operation.Contains("/reflections", StringComparison.Ordinal) || operation.EndsWith("{id}/files", StringComparison.Ordinal)
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
            operation.Contains("/observations/", StringComparison.Ordinal) ? await SeenAsync(district, learner.Person) : "");
    }

    private static async Task<string> SeenAsync(TestDistrict district, PersonId learner)
    {
        var sheet = new SeenSheet(district.West, TestDistrict.Badge, district.Definition.Competencies[0].Id, null);
        return (await district.App.Services.GetRequiredService<ObservationWorkflow>().RecordAsync(new(district.Teacher), sheet, new($"seen:{learner}", learner, "developing", null), CancellationToken.None)).Observation.Id.Value;
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
            _ when route.StartsWith("/api/observations", StringComparison.Ordinal) => Seen,
            _ when route.StartsWith("/api/scales", StringComparison.Ordinal) => "four-level",
            _ when route.StartsWith("/api/learners", StringComparison.Ordinal) => Learner.Person.Value,
            _ => "no-such",
        };
        var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("/framework-items", "/framework-items?address=x", StringComparison.Ordinal)
            .Replace("{competency}", work.CompetencyId, StringComparison.Ordinal).Replace("{evidence}", item.Id, StringComparison.Ordinal)
            .Replace("{submission}", Work.Id.Value, StringComparison.Ordinal).Replace("{decision}", Decision?.Decision.Id ?? "", StringComparison.Ordinal)
            .Replace("{organizationId}", District.West.Value, StringComparison.Ordinal).Replace("{entry}", "no-such", StringComparison.Ordinal).Replace("{personId}", Learner.Person.Value, StringComparison.Ordinal)
            .Replace("{slug}", route.StartsWith("/api/graduate", StringComparison.Ordinal) ? "graduate-portrait" : TestDistrict.Badge, StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{kind}", "dueSoon", StringComparison.Ordinal);
        address += route switch
        {
            "/api/learners/{id}/scholarship-letter" => "?policy=no-such",
            "/api/crosswalks" when method == "GET" => $"?organization={District.West.Value}",
            "/api/item-matches" when method == "GET" => $"?organization={District.West.Value}",
            "/api/bulk-awards" => $"?organizationId={District.West.Value}&badge={TestDistrict.Badge}",
            "/api/bulk-decisions/jobs" or "/api/bulk-revocations" => $"?organizationId={District.West.Value}",
            "/api/join-suggestions" => $"?school={District.West}",
            "/api/recognitions/past-lists" => $"?school={District.West}",
            "/api/recognitions/files" => $"?school={District.West}&learner={Learner.Person}",
            "/api/crosswalks/equivalents" => "?from=four-level@1&to=letters@1&level=proficient&purpose=placement",
            _ => "",
        };
        address += route is "/api/moderations" or "/api/moderations/agreement" or "/api/decision-effort" ? $"?organization={District.West.Value}" : "";
        address += route.EndsWith("/imports", StringComparison.Ordinal) || route is "/api/oneroster/clients" or "/api/webhooks" or "/api/oneroster/exports" ? $"?organizationId={District.West.Value}" : "";
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
        "/api/bulk-awards" => Json(new[] { new { learner = Learner.Person.Value } }),
        "/api/bulk-revocations" => Json(new[] { new { award = "no-such", reason = "Issued to the wrong class." } }),
        "/api/bulk-decisions/jobs" => Json(new[] { new { submission = Work.Id.Value, attempt = 1, outcome = "approved" } }),
        "/api/observations" => Json(new
        {
            badge = TestDistrict.Badge, competency = work.CompetencyId, organization = District.West.Value, items = new[] { new { id = "1", learner = Learner.Person.Value, level = "developing" } },
        }),
        "/api/observations/{id}/photos/{photo}/erasures" => Json(new { reason = "The family asked for it." }),
        "/api/observations/{id}/retractions" => Json(new { reason = "Another student." }),
        "/api/observations/{id}/corrections" => Json(new { level = "proficient", reason = "I looked again." }),
        "/api/saved-comments" or "/api/saved-comments/{id}" => Json(new { text = "Show the underside." }),
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
        "/api/scales" => Json(new
        {
            organizationId = District.West.Value,
            scale = new
            {
                id = $"scale-{Guid.NewGuid():N}",
                name = "Two steps",
                description = "How far somebody works alone.",
                levels = new[] { new { code = "no", ordinal = 1, label = "Not yet", descriptor = "Works beside somebody." }, new { code = "yes", ordinal = 2, label = "Alone", descriptor = "Works alone." } },
                proficientCut = "yes",
                scoring = new { method = "latest" },
            },
        }),
        "/api/scales/{id}" => Json(new { scale = new { id = "four-level" } }),
        "/api/frameworks" => Json(new { organizationId = District.West.Value, framework = new { title = "T", items = Array.Empty<object>() } }),
        "/api/frameworks/{id}" => Json(new { title = "T", items = Array.Empty<object>() }),
        "/api/webhooks" => Json(new { organizationId = District.West.Value, url = "https://badges.example.org/hook", types = new[] { "award.issued" } }),
        "/api/oneroster/clients" => Json(new { organizationId = District.West.Value, name = "A gradebook", scopes = new[] { "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly" } }),
        "/api/frameworks/imports" => Json(new { CFDocument = 1 }),
        "/api/articulations" => Json(new { organizationId = District.West.Value, kind = "badge", slug = TestDistrict.Badge, schoolId = District.West.Value, collegeId = District.East.Value, terms = Terms }),
        "/api/articulations/{id}/revisions" => Json(new { organizationId = District.West.Value, terms = Terms }),
        "/api/articulations/{id}/approvals" => Json(new { organizationId = District.West.Value, revision = 1 }),
        "/api/articulations/{id}/end" => Json(new { organizationId = District.West.Value, lastDay = "2027-06-30" }),
        "/api/crosswalks" => Json(new { organizationId = District.West.Value, from = "four-level@1", to = "pass-fail@1", purpose = "placement", giverId = District.West.Value, receiverId = District.East.Value, terms = Levels }),
        "/api/crosswalks/{id}/revisions" => Json(new { organizationId = District.West.Value, terms = Levels }),
        "/api/crosswalks/{id}/approvals" => Json(new { organizationId = District.West.Value, revision = 1 }),
        "/api/crosswalks/{id}/end" => Json(new { organizationId = District.West.Value, lastDay = "2027-06-30" }),
        "/api/state-numbers/{personId}" => Json(new { school = District.West.Value, number = $"{Guid.NewGuid():N}"[..12] }),
        "/api/join-splits" => Json(new { school = District.West.Value, student = Learner.Person.Value, reason = "A mistake." }),
        "/api/item-matches" => Json(new { organizationId = District.West.Value, giverId = District.East.Value, receiverId = District.West.Value, theirs = "no-such", ours = "no-such" }),
        "/api/item-matches/{id}/approvals" or "/api/item-matches/{id}/end" => Json(new { organizationId = District.West.Value }),
        "/api/recognitions" => Json(new { school = District.West.Value, learner = Learner.Person.Value, award = "no-such" }),
        "/api/recognitions/files" => new StringContent("not a badge"),
        "/api/recognitions/past-lists" => new StringContent($"student,from,name,earnedOn\r\n{Learner.Person},Old School,Sewing,2020-05-01\r\n"),
        "/api/recognitions/past" => Json(new { school = District.West.Value, learner = Learner.Person.Value, from = "Old School", name = "Welding", earnedOn = "2020-05-01" }),
        "/api/recognitions/challenges" => Json(new { school = District.West.Value, learner = Learner.Person.Value }),
        "/api/recognitions/{id}/acceptances" or "/api/recognitions/{id}/questions" or "/api/recognitions/{id}/refusals" => Json(new { reason = "A reason." }),
        "/api/trust-lists/{organizationId}/entries" => Json(new { terms = new { issuer = "did:web:other.example", scope = "field", subject = "welding", from = "2026-08-01" } }),
        "/api/trust-lists/{organizationId}/entries/{entry}/end" => Json(new { lastDay = "2027-06-30" }),
        "/api/joins" => Json(new { school = District.West.Value, student = Learner.Person.Value, code = "AAAA-AAAA-AAAA" }),
        "/api/join-proposals" => Json(new { school = District.West.Value, student = Learner.Person.Value, otherSchool = District.East.Value, otherStudent = EastLearner.Value }),
        _ => null,
    };

    private static readonly object Levels = new
    {
        pairs = new object[] { new { from = "beginning" }, new { from = "developing" }, new { from = "proficient", to = "passed" }, new { from = "advanced", to = "passed" } },
        document = "A resolution", effectiveFrom = "2026-08-01", note = "What is not passed has no mark.",
    };

    private static readonly object Terms = new { courseCode = "W 1", courseTitle = "Welding", credits = 3, from = "2026-08-01" };

    private static System.Net.Http.Json.JsonContent Json(object body) => System.Net.Http.Json.JsonContent.Create(body);
}
