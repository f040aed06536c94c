using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Who sees whose record, what each look leaves behind, and how two records become one learner's.</summary>
[Collection(DistrictCollection.Name)]
public sealed class GradebookTests(TestDistrict district)
{
    private static readonly string TooLong = new('x', 3_000);

    [Fact]
    public async Task A_record_is_shown_to_the_learner_the_family_and_the_school_and_does_not_exist_for_others()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var other = await district.LearnerAsync();
        var guardian = await district.GuardianAsync(learner.Person);
        var otherGuardian = await district.GuardianAsync(other.Person);
        var address = $"/api/learners/{learner.Person}/gradebook";
        var atWest = $"{address}?school={district.West}";
        foreach (var (person, path, status) in new[]
        {
            (learner.Person, address, 200),
            (guardian, address, 200),
            (district.Teacher, atWest, 200),
            (district.WestRegistrar, atWest, 200),
            (other.Person, address, 404),
            (otherGuardian, address, 404),
            (district.Teacher, address, 404),
            (district.EastTeacher, address, 404),
            (district.EastTeacher, atWest, 404),
            (district.EastTeacher, $"{address}?school={district.East}", 404),
            (district.EastTeacher, $"{address}?school={district.East}&basis=enrollment", 404),
            (district.EastRegistrar, $"{address}?school={district.East}&basis=enrollment", 404),
            (district.Supervisor, $"{address}?school={district.Market}&basis=enrollment", 404),
            (other.Person, atWest, 404),
            (guardian, atWest, 404),
            (district.Teacher, $"/api/learners/{district.SecondTeacher}/gradebook?school={district.West}", 404),
            (district.Teacher, $"/api/learners/no-such/gradebook?school={district.West}", 404),
            (district.Teacher, $"{address}?school={district.West}&basis=curiosity", 422),
            (district.Teacher, $"{address}?school={TooLong}", 422),
            (district.Teacher, $"/api/learners/{TooLong}/gradebook", 422),
        })
        {
            using var client = await district.AsAsync(person);
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True((int)answer.StatusCode == status, $"{path.Length} {path[..Math.Min(path.Length, 150)]} answers {(int)answer.StatusCode}, not {status}.");
        }

        Assert.Empty(await DisclosuresAsync(learner.Person));
    }

    [Fact]
    public async Task Another_schools_entries_are_shown_on_a_basis_alone_and_each_look_leaves_a_row()
    {
        var (west, east) = await JoinedAsync();
        var address = $"/api/learners/{east.Person}/gradebook?school={district.East}";
        using var teacher = await district.AsAsync(district.EastTeacher);

        var without = await ReadAsync(teacher, address);
        Assert.Empty(without["lines"]!.AsArray());
        Assert.Equal(district.Definition.Competencies.Length, without["withheld"]!.GetValue<int>());
        Assert.Empty(await DisclosuresAsync(west.Person));

        for (var looks = 1; looks <= 2; looks++)
        {
            Assert.Equal(district.Definition.Competencies.Length, (await ReadAsync(teacher, address + "&basis=enrollment"))["lines"]!.AsArray().Count);
            Assert.Equal(looks, (await DisclosuresAsync(west.Person)).Count);
        }

        var row = (await DisclosuresAsync(west.Person))[0];
        Assert.Equal((district.EastTeacher, district.East, district.West, DisclosureBasis.Enrollment), (row.Reader, row.ReaderOrganization, row.RecordKeeper, row.Basis));
        Assert.Equal(2, (await ReadAsync(west.Client, $"/api/learners/{west.Person}/disclosures"))["items"]!.AsArray().Count);
        using var notTheirs = await teacher.GetAsync(new Uri($"/api/learners/{west.Person}/disclosures", UriKind.Relative));
        await notTheirs.RefusesAsync(404, "learner.not-found");
    }

    [Fact]
    public async Task A_guardian_at_one_school_sees_what_that_school_keeps()
    {
        var (west, east) = await JoinedAsync();
        using var guardian = await district.AsAsync(await district.GuardianAsync(west.Person));

        var lines = (await ReadAsync(guardian, $"/api/learners/{east.Person}/gradebook"))["lines"]!.AsArray();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(district.West.Value, line!["recordKeeper"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_code_joins_once_within_a_day_and_no_other_text_does()
    {
        var west = await district.LearnerAsync();
        var east = await district.LearnerAsync(district.East);
        var code = await CodeAsync(west.Client);
        using var registrar = await district.AsAsync(district.EastRegistrar);
        foreach (var wrong in new[] { "AAAA-AAAA-AAAA", "", "----", new string('A', 10_000), code[..^1], code + "2" })
        {
            using var answer = await JoinAsync(registrar, east.Person, wrong);
            await answer.RefusesAsync(422, "join.code");
        }

        using var joined = await JoinAsync(registrar, east.Person, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);

        var third = await district.LearnerAsync(district.East);
        using var spent = await JoinAsync(registrar, third.Person, code);
        await spent.RefusesAsync(422, "join.code");
        Assert.Null(await IdentityAsync(third.Person));
    }

    [Fact]
    public async Task A_code_is_no_good_after_a_day()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var code = await CodeAsync((await own.LearnerAsync()).Client);
        var east = await own.LearnerAsync(own.East);
        app.Clock.Advance(JoinCode.Lifetime);

        using var registrar = await own.AsAsync(own.EastRegistrar);
        using var answer = await registrar.PostAsync("/api/joins", new { school = own.East.Value, student = east.Person.Value, code });

        await answer.RefusesAsync(422, "join.code");
    }

    [Fact]
    public async Task A_code_is_for_registrars_of_the_students_school()
    {
        var west = await district.LearnerAsync();
        var east = await district.LearnerAsync(district.East);
        var code = await CodeAsync(west.Client);
        foreach (var (person, student, status, expected) in new[]
        {
            (district.EastTeacher, east.Person, 403, "role.missing"),
            (district.WestRegistrar, east.Person, 403, "role.missing"),
            (east.Person, east.Person, 403, "role.missing"),
            (district.EastRegistrar, district.EastTeacher, 422, "join.not-a-student"),
            (district.EastRegistrar, west.Person, 422, "join.not-a-student"),
        })
        {
            using var client = await district.AsAsync(person);
            using var answer = await JoinAsync(client, student, code);
            await answer.RefusesAsync(status, expected);
        }

        Assert.Null(await IdentityAsync(east.Person));
    }

    [Fact]
    public async Task Staff_cannot_become_a_learner_with_a_code_of_their_own()
    {
        var east = await district.LearnerAsync(district.East);
        foreach (var person in new[] { district.EastRegistrar, district.EastTeacher, district.Supervisor })
        {
            using var client = await district.AsAsync(person);
            using var answer = await client.SendJsonAsync(HttpMethod.Post, "/api/join-codes", null);
            await answer.RefusesAsync(403, "join.for-students");
        }

        using var registrar = await district.AsAsync(district.EastRegistrar);
        using var record = await registrar.GetAsync(new Uri($"/api/learners/{east.Person}/gradebook", UriKind.Relative));
        await record.RefusesAsync(404, "learner.not-found");
    }

    [Fact]
    public async Task A_registrar_who_is_also_a_student_does_not_join_their_own_record()
    {
        var east = await district.LearnerAsync(district.East);
        await district.App.JoinAsync(east.Person, district.East, Role.Registrar);
        var victim = await district.LearnerAsync(district.East);
        var west = await district.LearnerAsync();
        using var own = await JoinAsync(east.Client, victim.Person, await CodeAsync(east.Client));
        await own.RefusesAsync(403, "join.own-record");
        using var proposed = await east.Client.PostAsync(
            "/api/join-proposals", new { school = district.East.Value, student = east.Person.Value, otherSchool = district.West.Value, otherStudent = west.Person.Value });
        await proposed.RefusesAsync(403, "join.own-record");

        Assert.Null(await IdentityAsync(victim.Person));
        Assert.Null(await IdentityAsync(east.Person));
    }

    [Fact]
    public async Task Two_registrars_join_by_proposal_and_confirmation_once()
    {
        var west = await district.LearnerAsync();
        var east = await district.LearnerAsync(district.East);
        using var proposer = await district.AsAsync(district.WestRegistrar);
        using var second = await district.AsAsync(district.EastRegistrar);
        var body = new { school = district.West.Value, student = west.Person.Value, otherSchool = district.East.Value, otherStudent = east.Person.Value };
        using var notTheirs = await second.PostAsync("/api/join-proposals", body);
        await notTheirs.RefusesAsync(403, "role.missing");
        using var same = await proposer.PostAsync("/api/join-proposals", body with { otherSchool = district.West.Value, otherStudent = west.Person.Value });
        await same.RefusesAsync(422, "join.same-person");
        using var proposed = await proposer.PostAsync("/api/join-proposals", body);
        var id = JsonNode.Parse(await proposed.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        using var alone = await proposer.SendJsonAsync(HttpMethod.Post, $"/api/join-proposals/{id}/confirmations", null);
        await alone.RefusesAsync(404, "join.not-found");
        Assert.Null(await IdentityAsync(west.Person));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => second.SendJsonAsync(HttpMethod.Post, $"/api/join-proposals/{id}/confirmations", null)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var late in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            // Who looked before the others were done finds that it is done; who looked after finds no proposal.
            Assert.Contains((await late.ProblemAsync()).Code, (string[])["join.not-found", "join.same-person"]);
        }

        Assert.Equal(2, (await IdentityAsync(east.Person))!.People.Length);
    }

    private async Task<(TestLearner West, TestLearner East)> JoinedAsync()
    {
        var west = await district.LearnerAsync();
        await district.ApprovedAsync(west.Person);
        var east = await district.LearnerAsync(district.East, district.EastTeacher);
        using var registrar = await district.AsAsync(district.EastRegistrar);
        using var joined = await JoinAsync(registrar, east.Person, await CodeAsync(west.Client));
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        return (west, east);
    }

    private Task<HttpResponseMessage> JoinAsync(HttpClient client, PersonId student, string code) =>
        client.PostAsync("/api/joins", new { school = district.East.Value, student = student.Value, code });

    private static async Task<string> CodeAsync(HttpClient learner)
    {
        using var answer = await learner.SendJsonAsync(HttpMethod.Post, "/api/join-codes", null);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)))!;

    private async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(learner.Value).Take(100), CancellationToken.None)).Documents];

    private async Task<LearnerIdentity?> IdentityAsync(PersonId person) =>
        (await district.Store.FirstAsync(LearnerIdentityDocuments.Kind, LearnerIdentityDocuments.ByPerson.Where(person.Value), CancellationToken.None))?.Document;
}
