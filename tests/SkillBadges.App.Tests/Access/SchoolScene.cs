using System.Net.Http.Json;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Access;

/// <summary>A learner of West with a class, a membership, a guardian and an invitation around them: what the school's office keeps.</summary>
internal sealed record SchoolScene(TestDistrict District, TestLearner Learner, ClassSectionId Section, MembershipId Membership, GuardianshipId Guardianship, PersonId Guardian, string Invitation, string Cycle, Core.Gradebook.Plans.PlanReview Review, string Rules)
{
    public static async Task<SchoolScene> SetAsync(TestDistrict district)
    {
        var learner = await district.LearnerAsync();
        await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(learner.Person.Value), CancellationToken.None))!.Document;
        var membership = (await district.Store.FirstAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(learner.Person.Value, district.West.Value), CancellationToken.None))!.Document;
        var guardian = await district.GuardianAsync(learner.Person);
        var guardianship = (await district.Store.FirstAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.Where(guardian.Value), CancellationToken.None))!.Document;
        return new(district, learner, section.Id, membership.Id, guardianship.Id, guardian, await InviteAsync(district), await CycleAsync(district), await PlanAsync(district, learner.Person), await RulesAsync(district));
    }

    private static async Task<string> CycleAsync(TestDistrict district)
    {
        var (now, today) = (district.App.Clock.Now(), DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime));
        var cycle = Core.Gradebook.Cycles.Cycle.Open(NewId.Ordered(now), district.West, "Three weeks", today.AddDays(-20), today.AddDays(1), [TestDistrict.Badge], district.WestRegistrar, now);
        await district.Store.CommitAsync(new Changes().Add(Core.Gradebook.Cycles.CycleDocuments.Kind, cycle), CancellationToken.None);
        return cycle.Id;
    }

    private static async Task<Core.Gradebook.Plans.PlanReview> PlanAsync(TestDistrict district, PersonId learner)
    {
        var now = district.App.Clock.Now();
        var plan = new Core.Gradebook.Plans.Plan(NewId.Ordered(now), learner, district.West, now, Core.Gradebook.Plans.PlanContent.Empty, 1);
        var review = new Core.Gradebook.Plans.PlanReview(plan.Id, 1, plan.Content, plan.Content.ComputeHash(), null, learner, now);
        await district.Store.CommitAsync(new Changes().Add(Core.Gradebook.Plans.PlanDocuments.Kind, plan).Add(Core.Gradebook.Plans.PlanDocuments.Reviews, review), CancellationToken.None);
        return review;
    }

    private static async Task<string> RulesAsync(TestDistrict district)
    {
        var now = district.App.Clock.Now();
        var terms = new Core.Gradebook.Graduation.GraduationTerms("Diploma", [new("books", "Books", Core.Gradebook.Graduation.RequirementKind.Badge) { Slug = TestDistrict.Badge }], []);
        var rules = new Core.Gradebook.Graduation.GraduationRules(NewId.Ordered(now), 1, district.West, terms, district.WestRegistrar, now);
        await district.Store.CommitAsync(new Changes().Add(Core.Gradebook.Graduation.GraduationDocuments.Rules, rules), CancellationToken.None);
        return rules.Id;
    }

    private static async Task<string> InviteAsync(TestDistrict district)
    {
        using var admin = await district.AsAsync(await district.App.StateAdminAsync());
        using var answer = await admin.PostAsync("/api/invitations", new { organizationId = district.West.Value, role = "teacher" });
        return (await answer.ReadAsync<InvitationView>()).Id;
    }

    public HttpRequestMessage Request(string operation)
    {
        var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var id = route.Split('/')[2] switch
        {
            "class-sections" => Section.Value,
            "memberships" => Membership.Value,
            "guardianships" => Guardianship.Value,
            "invitations" => Invitation,
            "organizations" => District.West.Value,
            "cycles" => Cycle,
            "plans" => Review.Plan,
            _ => Learner.Person.Value,
        };
        var member = route.Contains("/teachers/", StringComparison.Ordinal) ? District.SecondTeacher.Value : Learner.Person.Value;
        var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("{personId}", member, StringComparison.Ordinal).Replace("{sectionId}", Section.Value, StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal) + operation switch
        {
            "DELETE /api/organizations/{id}/trusted-issuers" => "?issuer=did:web:other.example",
            "GET /api/organizations/{id}/memberships" => "?role=student",
            "GET /api/learners/{id}/graduation-audits" => $"?rules={Rules}",
            "GET /api/learners/{id}/courses" => $"?organization={District.West}",
            "GET /api/cycles" => $"?organization={District.West}",
            "GET /api/organizations/{id}/level-ups" => "?from=2026-08-01&to=2026-12-31",
            "GET /api/learners/{id}/gaps" => $"?badge={TestDistrict.Badge}",
            "GET /api/class-sections/{id}/groups" => "?kind=same-gap&badge=bookkeeping-cycle",
            _ => "",
        };
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = method == "GET" ? null : route.EndsWith("/logo", StringComparison.Ordinal) ? new ByteArrayContent(SampleFiles.Png(64, 64)) : Body(route) };
        if (operation is "PUT /api/organizations/{id}/settings" or "PUT /api/plans/{id}")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        }

        return request;
    }

    private JsonContent? Body(string route) => route switch
    {
        "/api/account/password" => Json(new { password = "seven green kites over water" }),
        "/api/account/second-factor/confirm" => Json(new { code = "000000" }),
        "/api/session" => Json(new { loginName = "nobody@test.example", password = "seven green kites" }),
        "/api/session/refresh" => Json(new { refreshToken = "no-such" }),
        "/api/session/confirm" => Json(new { password = "seven green kites" }),
        "/api/set-up" => Json(new
        {
            secret = "no-such", organizationSlug = "office", organizationName = "Office", displayName = "Jordan", loginName = "jordan@office.example", password = "seven green kites over water",
        }),
        "/api/accepted-invitations" => Json(new { secret = "no-such" }),
        "/api/password-resets" => Json(new { loginName = "nobody@test.example" }),
        "/api/password-resets/accept" => Json(new { secret = "no-such", password = "seven green kites over water" }),
        "/api/class-sections" => Json(new { organizationId = District.West.Value, name = "Welding 1" }),
        "/api/cycles" => Json(new { organizationId = District.West.Value, name = "Three weeks", from = "2026-11-01", to = "2026-11-21" }),
        "/api/mark-policies" => Json(new { organizationId = District.West.Value, terms = Terms }),
        "/api/mark-policies/{key}/versions" => Json(Terms),
        "/api/learners/{id}/courses" => Json(new { organizationId = District.West.Value, course = new { title = "Algebra 2", letter = "B", credits = 1, term = "Fall", completedOn = "2025-12-19" } }),
        "/api/courses/{id}/retraction" => Json(new { reason = "A mistake." }),
        "/api/grade-policies" or "/api/grade-policies/{key}/versions" => Json(new { organizationId = District.West.Value, terms = Letters }),
        "/api/mark-layouts" => Json(new { organizationId = District.West.Value, name = "SIS", columns = new[] { new { header = "Mark", field = "mark" } } }),
        "/api/plans" => Json(new { learnerId = Learner.Person.Value, organizationId = District.West.Value }),
        "/api/plans/{id}" => Json(new { goals = new[] { new { id = "g", text = "Weld." } }, targets = Array.Empty<object>() }),
        "/api/plans/{id}/reviews" => Json(new { notes = "We met." }),
        "/api/plans/{id}/reviews/{number:int}/signatures" => Json(new { sha256 = Review.Hash.Hex }),
        "/api/graduation-rules" => Json(new { organizationId = District.West.Value, terms = Diploma }),
        "/api/graduation-rules/{key}/versions" => Json(Diploma),
        "/api/learners/{id}/celebration" => Json(new { optedOut = true }),
        "/api/class-sections/{id}/groupings" => Json(new { title = "Tuesday", kind = "mixed", size = 3, badges = new[] { TestDistrict.Badge } }),
        "/api/class-sections/{id}/teachers" => Json(new { personId = District.UnassignedTeacher.Value }),
        "/api/class-sections/{id}/students" => Json(new { personId = Learner.Person.Value }),
        "/api/guardianships" => Json(new { guardianId = Guardian.Value, learnerId = Learner.Person.Value, recordKeeperId = District.West.Value, proof = "schoolRecord" }),
        "/api/invitations" => Json(new { organizationId = District.West.Value, role = "teacher" }),
        "/api/memberships" => Json(new { personId = Learner.Person.Value, organizationId = District.West.Value, role = "guardian" }),
        "/api/people" => Json(new { displayName = "Ada", organizationId = District.West.Value, role = "student" }),
        "/api/people/{id}/identities" => Json(new { issuer = "https://login.district.example", subject = Guid.NewGuid().ToString("N") }),
        "/api/organizations" => Json(new { slug = $"made-{Guid.NewGuid():N}", name = "Made", kind = "highSchool" }),
        "/api/organizations/{id}/trusted-issuers" => Json(new { issuer = "did:web:other.example" }),
        "/api/organizations/{id}/settings" => Json(new { undoMinutes = 0 }),
        _ => null,
    };

    private static readonly object Diploma = new { name = "Diploma", requirements = new[] { new { id = "books", title = "Books", kind = "badge", slug = TestDistrict.Badge } }, badgeCredits = Array.Empty<object>() };

    private static readonly object Terms = new
    {
        name = "Letters", scaleId = "four-level", marks = new[] { "D", "C", "B", "A" }, levels = new { beginning = "D", developing = "C", proficient = "B", advanced = "A" },
        failing = Array.Empty<string>(), combine = "most",
    };

    private static readonly object Letters = new
    {
        name = "Letters", authority = "The board", letters = new[] { new { letter = "B", points = 3 } }, scales = new[] { new { scale = "four-level@1", levels = new { proficient = "B" } } },
        skills = "earned", courses = "own", weighsByCredit = false, decimals = 2, rounding = "half-up", effectiveFrom = "2020-07-01",
    };

    private static JsonContent Json(object body) => JsonContent.Create(body);
}
