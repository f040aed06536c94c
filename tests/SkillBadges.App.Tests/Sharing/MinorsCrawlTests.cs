using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Tests.Faults;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>Everything that anybody can open without signing in, with everything of every minor put into every address: no name, e-mail or evidence.</summary>
[Collection(DistrictCollection.Name)]
public sealed class MinorsCrawlTests(TestDistrict district)
{
    private const string Mark = "xqminor";

    [Fact]
    public Task Nothing_public_says_anything_of_minors() => CrawlAsync(minors: 40, withBadges: 4);

    [LongFact]
    public Task Nothing_public_says_anything_of_a_thousand_minors() => CrawlAsync(minors: 1_000, withBadges: 40);

    private async Task CrawlAsync(int minors, int withBadges)
    {
        var patterns = Patterns().ToList();
        var found = new List<string>();
        var asked = 0;
        using var nobody = district.App.Anonymous();
        for (var number = 0; number < minors; number++)
        {
            var ids = await SeedAsync(number, isBadged: number < withBadges);
            await Parallel.ForEachAsync(patterns.SelectMany(pattern => ids, (pattern, id) => Address(pattern, id, ids)).Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (address, token) =>
            {
                using var answer = await nobody.GetAsync(new Uri(address, UriKind.Relative), token);
                var text = $"{answer.Headers}{answer.Content.Headers}{Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(token))}";
                Interlocked.Increment(ref asked);
                if (text.Contains(Mark, StringComparison.OrdinalIgnoreCase) || answer.StatusCode == HttpStatusCode.InternalServerError)
                {
                    lock (found)
                    {
                        found.Add($"{address}: {(int)answer.StatusCode}");
                    }
                }
            });
        }

        Assert.InRange(patterns.Count, 30, 1_000);
        Assert.InRange(asked, minors * 30, int.MaxValue);
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct().Take(20)));
    }

    // What answers to GET without anybody having signed in, API and pages.
    private IEnumerable<string> Patterns() => district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Distinct();

    private string Address(string pattern, string id, IReadOnlyList<string> ids)
    {
        var path = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? part.Contains(":int", StringComparison.Ordinal) ? "1" : Uri.EscapeDataString(id) : part));
        return $"{path}?learner={ids[0]}&student={ids[0]}&person={ids[0]}&school={district.West}&recordKeeper={district.West}&organization={district.West}&id={Uri.EscapeDataString(id)}";
    }

    // A 15-year-old whose name, e-mail address and proof all hold the mark, without a consent of anybody.
    private async Task<IReadOnlyList<string>> SeedAsync(int number, bool isBadged)
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        var (name, mail) = (string.Create(CultureInfo.InvariantCulture, $"{Mark}{number} Family"), string.Create(CultureInfo.InvariantCulture, $"{Mark}{number}-{learner.Person.Value}@test.example"));
        var person = await district.Store.GetAsync(PersonDocuments.Kind, learner.Person.Value, "person", CancellationToken.None);
        var account = await district.Store.GetAsync(AccountDocuments.Kind, learner.Person.Value, "person", CancellationToken.None);
        await district.Store.CommitAsync(
            new Changes().Replace(PersonDocuments.Kind, person, person.Document with { DisplayName = name }).Replace(AccountDocuments.Kind, account, account.Document with { LoginName = mail }), CancellationToken.None);
        var work = await district.StoredAsync(await district.CompleteDraftAsync(learner.Person, TestDistrict.CoSignedBadge));
        var marked = work.Document.AddEvidence(work.Document.Draft[0].CompetencyId, EvidenceItem.OfText($"{Mark}{number}", $"{Mark} title", $"{Mark} text", district.App.Clock.Now()), district.App.Clock.Now());
        await district.Store.CommitAsync(new Changes().Replace(SubmissionDocuments.Kind, work, marked), CancellationToken.None);
        if (!isBadged)
        {
            return [learner.Person.Value, work.Id, TestDistrict.Badge, district.West.Value];
        }

        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!;
        var credential = (await district.Store.GetAsync(AwardDocuments.Kind, award.Id, "award", CancellationToken.None)).Document.Credential.Value;
        return [learner.Person.Value, work.Id, TestDistrict.Badge, district.West.Value, award.Id, credential];
    }
}
