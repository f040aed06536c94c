using System.Net;
using System.Text.Json;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>One student on two rosters: suggested by a number that nobody can read, and a wrong join undone without loss.</summary>
[Collection(DistrictCollection.Name)]
public sealed class JoinSplitTests(TestDistrict district)
{
    [Fact]
    public async Task The_same_state_number_is_a_suggestion_for_two_registrars_and_is_nowhere_to_be_read()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var (west, here) = (await district.LearnerAsync(), await scene.NewcomerAsync());
        var number = $"{Random.Shared.Next(10_000_000, 99_999_999)}";
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var other = await district.AsAsync(scene.Registrar);
        Assert.Equal(HttpStatusCode.NoContent, (await SetAsync(registrar, district.West, west.Person, $"00{number[..4]}-{number[4..]}")).StatusCode);
        Assert.Empty(await SuggestedAsync(other, scene.School));
        Assert.Equal(HttpStatusCode.NoContent, (await SetAsync(other, scene.School, here.Person, number)).StatusCode);

        var suggestion = Assert.Single(await SuggestedAsync(other, scene.School));

        Assert.Equal((here.Person.Value, west.Person.Value, district.West.Value), ((string)suggestion!["student"]!, (string)suggestion["otherStudent"]!, (string)suggestion["otherSchool"]!));
        await (await SetAsync(registrar, district.West, here.Person, number)).RefusesAsync(422, "join.not-a-student");
        await (await SetAsync(other, scene.School, (await scene.NewcomerAsync()).Person, number)).RefusesAsync(409, "state-number.taken");
        await (await SetAsync(other, scene.School, here.Person, "12")).RefusesAsync(422, "state-number.form");
        using var proposed = await other.PostAsync("/api/join-proposals", new { school = scene.School.Value, student = here.Person.Value, otherSchool = district.West.Value, otherStudent = west.Person.Value });
        var id = (string)(await RecognitionScene.NodeAsync(proposed))["id"]!;
        using var confirmed = await registrar.PostAsync($"/api/join-proposals/{id}/confirmations", new { });
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.Empty(await SuggestedAsync(other, scene.School));

        var stored = await district.Store.GetAsync(StateNumberDocuments.Kind, west.Person.Value, "state-number", CancellationToken.None);
        Assert.DoesNotContain(number, JsonSerializer.Serialize(stored.Document, DocumentJson.Options), StringComparison.Ordinal);
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_join_is_taken_apart_entries_stay_where_they_were_written_and_what_rested_on_it_falls()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null);
        var (west, here, award) = await scene.TransferredAsync();
        var recognized = (string)(await RecognitionScene.NodeAsync(await scene.BringAsync(here.Client, award)))["id"]!;
        var before = await WestAsync(west.Person);
        using var registrar = await district.AsAsync(scene.Registrar);
        await (await registrar.PostAsync("/api/join-splits", Body(" "))).RefusesAsync(422, "join.reason");
        await (await (await district.AsAsync(district.WestRegistrar)).PostAsync("/api/join-splits", Body("Not ours."))).RefusesAsync(403, "role.missing");

        using var split = await registrar.PostAsync("/api/join-splits", Body("Two students of one name."));

        Assert.Equal(HttpStatusCode.OK, split.StatusCode);
        Assert.Equal(RecognitionState.Fallen, (await scene.BecomesAsync(recognized, RecognitionState.Fallen)).State);
        Assert.Equal(before, await WestAsync(west.Person));
        var chain = await scene.ChainAsync(here.Person);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal(chain.Count / 2, chain.Count(entry => entry.Facts.Effect == EntryEffect.Retracted));
        Assert.Equal(HttpStatusCode.NotFound, (await here.Client.GetAsync(new Uri($"/api/learners/{west.Person}/gradebook", UriKind.Relative))).StatusCode);
        await (await scene.BringAsync(here.Client, award)).RefusesAsync(404, "award.not-found");
        await (await registrar.PostAsync("/api/join-splits", Body("Again."))).RefusesAsync(409, "join.not-joined");

        object Body(string reason) => new { school = scene.School.Value, student = here.Person.Value, reason };
    }

    private async Task<string> WestAsync(PersonId learner) => JsonSerializer.Serialize(
        (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(district.West, learner).Take(50), CancellationToken.None)).Documents, DocumentJson.Options);

    private static Task<HttpResponseMessage> SetAsync(HttpClient client, OrganizationId school, PersonId student, string number) =>
        client.PutJsonAsync($"/api/state-numbers/{student}", new { school = school.Value, number });

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode?>> SuggestedAsync(HttpClient client, OrganizationId school) =>
        [.. (await RecognitionScene.NodeAsync(await client.GetAsync(new Uri($"/api/join-suggestions?school={school}", UriKind.Relative))))["items"]!.AsArray()];
}
