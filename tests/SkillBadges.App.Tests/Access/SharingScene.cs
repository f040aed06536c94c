using System.Net.Http.Json;
using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Sharing;
using SkillBadges.Core;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Access;

/// <summary>A 15-year-old of West who asked for a link that waits for a guardian's yes.</summary>
internal sealed record SharingScene(TestDistrict District, TestLearner Learner, ConsentView Consent, string Award, Share Share, Transfer Transfer, string Entry, CreditClaim Claim)
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
        return new(district, learner, consent, award, share, transfer, entry.Id, await ClaimAsync(district, learner, AwardId.From(award)));
    }

    // A claim at East that the student made alone; another agreement is still to be claimed under.
    private static async Task<CreditClaim> ClaimAsync(TestDistrict district, TestLearner learner, AwardId id)
    {
        var (now, award) = (district.App.Clock.Now(), (await district.Store.GetAsync(AwardDocuments.Kind, id.Value, "award", CancellationToken.None)).Document);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var terms = new ArticulationTerms("ACCT 1010", "Bookkeeping", 3, today.AddDays(-9));
        var agreement = new Articulation(ArticulationId.From(Agreement), ArticulatedKind.Badge, TestDistrict.Badge, district.West, district.East);
        var claim = new CreditClaim(
            CreditClaimId.New(now), learner.Person, district.East, ArticulationId.From("another"), 1, ArticulatedKind.Badge, award.Badge, terms, today,
            [new(award.Id, award.Credential, award.Badge, learner.Person, district.West)], "2027-fall", today.AddDays(90), learner.Person, now);
        var changes = new Changes().Add(ClaimDocuments.Kind, claim);
        if (await district.Store.FindAsync(ArticulationDocuments.Kind, Agreement, CancellationToken.None) is null)
        {
            changes.Add(ArticulationDocuments.Kind, agreement.Propose(terms, new(district.West, district.WestRegistrar, now)).Approve(1, new(district.East, district.EastRegistrar, now), today.AddDays(-9)));
        }

        await district.Store.CommitAsync(changes, CancellationToken.None);
        return claim;
    }

    private const string Agreement = "agreement-of-east";

    public HttpRequestMessage Request(string operation)
    {
        var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var id = route.Split('/')[2] switch
        {
            "consents" => Consent.Id,
            "transfers" => Transfer.Id.Value,
            "shares" => Share.Id.Value,
            "credit-claims" => Claim.Id.Value,
            _ => Learner.Person.Value,
        };
        var address = route.Replace("{id}", id, StringComparison.Ordinal).Replace("{employer}", "no-such", StringComparison.Ordinal).Replace("{token}", "no-such", StringComparison.Ordinal).Replace("{proposal}", "no-such", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal) + operation switch
        {
            "GET /api/transfers" => $"?recordKeeper={District.West}",
            "POST /api/transfers/imports" or "GET /api/course-placements" => $"?school={District.West}&student={Learner.Person}",
            "GET /api/learners/{id}/profile" or "GET /api/learners/{id}/rights-changes" => $"?school={District.West}",
            "GET /api/learners/{id}/stacks" => $"?school={District.West}",
            "GET /api/learners/{id}/statements" => $"?recordKeeper={District.West}",
            "GET /api/credit-claims" or "GET /api/credit-offers" => $"?learner={Learner.Person}",
            "GET /api/credit-claims/table.csv" => $"?college={District.East}",
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
        "/api/learners/{id}/profile" => JsonContent.Create(new { lines = Array.Empty<object>() }),
        "/api/learners/{id}/profile/audiences" => JsonContent.Create(new { shown = Array.Empty<object>() }),
        "/api/learners/{id}/profile/proposals" => JsonContent.Create(new { school = District.West.Value, block = "strengths", text = "Draws well." }),
        "/api/learners/{id}/profile/proposals/{proposal}/answer" => JsonContent.Create(new { accept = true }),
        "/api/learners/{id}/rights-changes" => JsonContent.Create(new { school = District.West.Value, reason = "A court's order.", rightsPassOn = "2026-01-01" }),
        "/api/notebook" => JsonContent.Create(new { goals = Array.Empty<object>() }),
        "/api/notebook/notes" => JsonContent.Create(new { text = "Held the arc." }),
        "/api/learners/{id}/stack-certificates" => JsonContent.Create(new { school = District.West.Value, stack = "no-such", certificate = "cpr", issuer = "Red Cross", issuedOn = "2026-01-01" }),
        "/api/learners/{id}/statements" => JsonContent.Create(new { entry = Entry, text = "The machine was broken." }),
        "/api/credit-claims" => JsonContent.Create(new { learner = Learner.Person.Value, articulation = Agreement, subject = $"{TestDistrict.Badge}@1", term = "2027-fall", applicant = new { name = "Ada", bornOn = "2010-01-01" } }),
        "/api/credit-claims/{id}/answers" => JsonContent.Create(Decline),
        "/api/credit-claims/answers" => JsonContent.Create(new { items = new[] { new { claim = Claim.Id.Value, answer = Decline } } }),
        "/api/employer-checks" => JsonContent.Create(new { employer = District.Market.Value, reference = "Register 1" }),
        "/api/talent-searches" => JsonContent.Create(new { employer = District.Market.Value, skills = new[] { new { badge = TestDistrict.Badge } } }),
        "/api/talent-contacts" => JsonContent.Create(new { search = "no-such", reference = "no-such", message = "Hello." }),
        "/api/talent-contacts/{id}/answer" => JsonContent.Create(new { }),
        "/api/shares" => JsonContent.Create(new { expiresAt = District.App.Clock.GetUtcNow().AddDays(5), awards = new[] { Award } }),
        "/api/consents/{id}/withdrawals" => JsonContent.Create(new { }),
        _ => null,
    };

    private static readonly object Decline = new { outcome = "decline", note = "No such course." };
}
