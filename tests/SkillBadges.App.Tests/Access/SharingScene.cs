using System.Net.Http.Json;
using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Sharing;
using SkillBadges.Core;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Access;

/// <summary>A 15-year-old of West who asked for a link that waits for a guardian's yes.</summary>
internal sealed record SharingScene(TestDistrict District, TestLearner Learner, ConsentView Consent, string Award, Share Share, Transfer Transfer, string Entry)
{
    public static async Task<SharingScene> SetAsync(TestDistrict district)
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        var consent = await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.ShareLink));
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        var share = Share.Make(ShareId.New(district.App.Clock.Now()), learner.Person, NewId.Random(), new([AwardId.From(award)], [], false, false), district.App.Clock.Now(), district.App.Clock.Now().AddDays(9));
        await district.Store.CommitAsync(new Changes().Add(ShareDocuments.Kind, share), CancellationToken.None);
        var transfer = new Transfer(TransferId.New(district.App.Clock.Now()), district.West, new(district.East, "East"), district.EastRegistrar, district.App.Clock.Now(), DisclosureBasis.Enrollment, "Ada");
        await district.Store.CommitAsync(new Changes().Add(TransferDocuments.Kind, transfer), CancellationToken.None);
        var entry = (await district.Store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Person.Value), CancellationToken.None))!;
        return new(district, learner, consent, award, share, transfer, entry.Id);
    }

    public HttpRequestMessage Request(string operation)
    {
        var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var id = route.Split('/')[2] switch
        {
            "consents" => Consent.Id,
            "transfers" => Transfer.Id.Value,
            "shares" => Share.Id.Value,
            _ => Learner.Person.Value,
        };
        var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("{token}", "no-such", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal) + operation switch
        {
            "GET /api/transfers" => $"?recordKeeper={District.West}",
            "POST /api/transfers/imports" or "GET /api/course-placements" => $"?school={District.West}&student={Learner.Person}",
            "GET /api/learners/{id}/statements" => $"?recordKeeper={District.West}",
            "GET /api/shares" => $"?learner={Learner.Person}",
            "GET /api/consents" => $"?learner={Learner.Person}&recordKeeper={District.West}",
            _ => "",
        };
        return new(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = method == "GET" ? null : Body(route) };
    }

    private JsonContent? Body(string route) => route switch
    {
        "/api/consents" => JsonContent.Create(Minors.Body(Learner.Person, District.Terms(RecipientKind.Organization, District.Market.Value))),
        "/api/consents/papers" => JsonContent.Create(new
        {
            terms = Minors.Body(District.Terms(RecipientKind.LevelUpList)),
            paper = new { reference = "Folder 3", signedOn = DateOnly.FromDateTime(District.App.Clock.GetUtcNow().UtcDateTime.AddDays(-2)) },
            forms = new[] { new { learner = Learner.Person.Value, signedBy = new[] { "guardian" } } },
        }),
        "/api/transfers" => JsonContent.Create(new { recordKeeper = District.West.Value, receiver = District.East.Value, ground = "enrollment", about = "Ada Lovelace" }),
        "/api/transfers/{id}/release" => JsonContent.Create(new { learner = Learner.Person.Value, withEvidence = false }),
        "/api/transfers/{id}/refusal" => JsonContent.Create(new { reason = "No such student." }),
        "/api/transfers/{id}/receipt" => JsonContent.Create(new { manifestDigest = new string('a', 64), entries = 1 }),
        "/api/course-placements" => JsonContent.Create(new { school = District.West.Value, student = Learner.Person.Value, entry = "no-such", outcome = "accepted" }),
        "/api/learners/{id}/statements" => JsonContent.Create(new { entry = Entry, text = "The machine was broken." }),
        "/api/shares" => JsonContent.Create(new { expiresAt = District.App.Clock.GetUtcNow().AddDays(5), awards = new[] { Award } }),
        "/api/consents/{id}/withdrawals" => JsonContent.Create(new { }),
        _ => null,
    };
}
