using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Sharing;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Tests.Access;
using SkillBadges.App.Tests.Gradebook;
using SkillBadges.App.Tests.House;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Talent;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>
/// Every address has a class in <c>egress.txt</c>; what outsiders get an answer from is public, their own, or writes a row; and each that writes a row is played.
/// </summary>
[Collection(DistrictCollection.Name)]
public sealed class EgressTests(TestDistrict district)
{
    // Of the access table: those who are outside the record-keeper of the learner whom each row is about.
    private static readonly string[] Outsiders = ["anonymous", "other learner", "teacher elsewhere", "registrar elsewhere", "supervisor of another", "admin of another state"];

    private static readonly IReadOnlyList<(string Class, string Begin)> classes =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "SkillBadges.App.Tests", "Sharing", "egress.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1].Trim())).OrderByDescending(line => line.Item2.Length),
    ];

    private IEnumerable<string> Operations => district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null ? endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"] : ["GET"], (endpoint, method) => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}").Distinct();

    [Fact]
    public void Every_address_says_what_leaves_by_it()
    {
        Assert.All(classes, line => Assert.Contains(line.Class, new[] { "public", "own", "inside", "discloses" }));
        var unclassified = string.Join(", ", Operations.Where(operation => ClassOf(operation) is null));
        Assert.True(unclassified.Length == 0, $"Say in egress.txt what leaves by: {unclassified}");
    }

    [Fact]
    public void What_outsiders_get_an_answer_from_is_public_or_their_own_or_writes_a_row() => Assert.Empty(
        AccessMatrix.Read()
            .Where(row => Cast.Everybody.Zip(row.Expected).Any(pair => Outsiders.Contains(pair.First) && pair.Second.StartsWith('2')))
            .Select(row => row.Operation).Where(operation => ClassOf(operation) is not ("public" or "own" or "discloses")));

    [Fact]
    public async Task Each_address_that_discloses_writes_the_row_that_the_family_reads()
    {
        var plays = new Dictionary<string, Func<Scene, Task<TestLearner>>>(StringComparer.Ordinal)
        {
            ["GET /api/learners/{id}/gradebook"] = scene => LookAsync(scene, "gradebook", ""),
            ["GET /api/share-links/{token}"] = scene => OpenAsync(scene, $"/api/share-links/{scene.Token}"),
            ["GET /api/share-links/{token}/credentials/{number:int}"] = scene => OpenAsync(scene, $"/api/share-links/{scene.Token}/credentials/1"),
            ["GET /s/{Token}"] = scene => OpenAsync(scene, $"/s/{scene.Token}"),
            ["GET /api/transfers/{id}/pack"] = TransferAsync,
            ["GET /api/learners/{id}/transcript"] = scene => LookAsync(scene, "transcript", "&form=pdf"),
            ["POST /api/recognitions"] = RecognizeAsync,
            ["POST /api/talent-searches"] = _ => TalentAsync(opens: false),
            ["GET /api/talent-contacts/{id}/details"] = _ => TalentAsync(opens: true),
            ["GET /api/credit-claims/{id}/application"] = _ => ClaimAsync(claim => $"/api/credit-claims/{claim.Id}/application"),
            ["GET /claims/{Id}"] = _ => ClaimAsync(claim => $"/claims/{claim.Id}"),
            ["GET /api/credit-claims/table.csv"] = _ => ClaimAsync(claim => $"/api/credit-claims/table.csv?college={claim.CollegeId}"),
        };
        Assert.Equal(classes.Where(line => line.Class == "discloses").Select(line => line.Begin).Order(StringComparer.Ordinal), plays.Keys.Order(StringComparer.Ordinal));
        foreach (var (operation, play) in plays)
        {
            var scene = await SetAsync();
            var learner = await play(scene);

            var rows = await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>();
            Assert.True(rows.Items.Count == 1, $"{operation} left {rows.Items.Count} rows.");
        }
    }

    private static string? ClassOf(string operation)
    {
        var path = operation[(operation.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return classes.FirstOrDefault(line => line.Begin == operation || line.Begin == path || path.StartsWith($"{line.Begin}/", StringComparison.Ordinal)).Class;
    }

    private sealed record Scene(TestLearner Learner, string Token);

    private async Task<Scene> SetAsync()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 18);
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        var made = await (await learner.Client.PostAsync("/api/shares", new { expiresAt = district.App.Clock.GetUtcNow().AddDays(5), awards = new[] { award } })).ReadAsync<NewShareAnswer>();
        return new(learner, made.Link.Split('/')[^1]);
    }

    private async Task<TestLearner> OpenAsync(Scene scene, string address)
    {
        using var nobody = district.App.Anonymous();
        using var answer = await nobody.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return scene.Learner;
    }

    private async Task<TestLearner> RecognizeAsync(Scene scene)
    {
        using var recognition = await RecognitionScene.OpenAsync(district);
        await recognition.TrustAsync(district.Definition.Field);
        var (west, here, award) = await recognition.TransferredAsync();
        using var answer = await recognition.BringAsync(here.Client, award);
        Assert.True(answer.IsSuccessStatusCode);
        return west;
    }

    private async Task<TestLearner> LookAsync(Scene scene, string what, string form)
    {
        var student = await district.LearnerAsync(district.East, district.EastTeacher);
        using var registrar = await district.AsAsync(district.EastRegistrar);
        using var teacher = await district.AsAsync(district.EastTeacher);
        var code = await (await scene.Learner.Client.PostAsync("/api/join-codes", new { })).ReadAsync<JoinCodeAnswer>();
        await (await registrar.PostAsync("/api/joins", new { school = district.East.Value, student = student.Person.Value, code = code.Code })).ReadAsync<JoinAnswer>();
        using var answer = await teacher.GetAsync(new Uri($"/api/learners/{student.Person}/{what}?school={district.East}&basis=enrollment{form}", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return scene.Learner;
    }

    private async Task<TestLearner> ClaimAsync(Func<CreditClaimView, string> address)
    {
        using var credit = await CreditScene.OpenAsync(district);
        var (learner, _) = await credit.LearnerAsync(18);
        using var answer = await credit.Office.GetAsync(new Uri(address(await credit.ClaimedAsync(learner.Client, learner.Person)), UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return learner;
    }

    // Either somebody is found, or what somebody who said yes has entered is read.
    private async Task<TestLearner> TalentAsync(bool opens)
    {
        using var talent = await TalentScene.OpenAsync(district);
        var (learner, _) = await talent.LearnerAsync(25);
        if (!opens)
        {
            await talent.FoundAsync();
            return learner;
        }

        var now = district.App.Clock.Now();
        var contact = new TalentContact(NewId.Ordered(now), talent.Employer, talent.Searcher, "search", "reference", learner.Person, district.West, ConsentId.From("consent"), "Hello.", now);
        await district.Store.CommitAsync(new Changes().Add(TalentContactDocuments.Kind, contact.Answer(new("Maya", "maya@example.org"), district.App.Services.GetRequiredService<KeyEncryptionKey>(), now)), CancellationToken.None);
        using var answer = await talent.DetailsAsync(contact.Id);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return learner;
    }

    private async Task<TestLearner> TransferAsync(Scene scene)
    {
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var asked = await (await registrar.PostAsync("/api/transfers", new { recordKeeper = district.West.Value, receiverName = "Far High", ground = "enrollment", about = "By letter." })).ReadAsync<TransferView>();
        await (await registrar.PostAsync($"/api/transfers/{asked.Id}/release", new { learner = scene.Learner.Person.Value, withEvidence = false })).ReadAsync<TransferView>();
        using var pack = await registrar.GetAsync(new Uri($"/api/transfers/{asked.Id}/pack", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, pack.StatusCode);
        return scene.Learner;
    }
}
