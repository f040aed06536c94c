using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>A stack's own award goes where the badges go: with the transcript, by a link, in a pack to the next school.</summary>
[Collection(DistrictCollection.Name)]
public sealed class StackSharingTests(TestDistrict district)
{
    [Fact]
    public async Task A_stacks_award_is_in_the_transcript_behind_links_and_in_packs_and_leaves_them_when_it_falls()
    {
        var (learner, award, badge, stack) = await LearnerWithStackAsync(18);
        using var nobody = district.App.Anonymous();

        var transcript = await RecordAsync(learner.Client, $"/api/learners/{learner.Person}/transcript");
        var pack = await PackedAsync(learner.Person);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award }, stacks = new[] { stack.Value } });
        var shown = await (await nobody.GetAsync(Api(made))).ReadAsync<SharedRecordView>();
        var signed = await nobody.GetStringAsync(new Uri($"/api/share-links/{Token(made)}/credentials/2", UriKind.Relative));
        var rows = (await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items;
        await EndAsync(stack);
        var (later, packed) = (await RecordAsync(learner.Client, $"/api/learners/{learner.Person}/transcript"), await PackedAsync(learner.Person));
        var fallen = await (await nobody.GetAsync(Api(made))).ReadAsync<SharedRecordView>();

        var id = $"/credentials/{stack.Value}";
        Assert.Equal((2, 1), (Inside(transcript).Count, Inside(transcript).Count(one => one.EndsWith(id, StringComparison.Ordinal))));
        Assert.Contains(
            transcript.GetProperty("credentialSubject").GetProperty("association").EnumerateArray(),
            one => one.GetProperty("associationType").GetString() == "isPartOf" && one.GetProperty("sourceId").GetString()!.Contains(badge, StringComparison.Ordinal) && one.GetProperty("targetId").GetString()!.EndsWith($"/achievements/stacks/{Slug}/1", StringComparison.Ordinal));
        Assert.Equal(2, Inside(pack).Count);
        Assert.Equal([(1, true), (2, true)], shown.Badges.Select(one => (one.Number, one.Stands)));
        Assert.Equal(("Everything in the shop", 0), (shown.Badges[1].Name, shown.Badges[1].Levels.Count));
        using (var json = JsonDocument.Parse(signed))
        {
            Assert.EndsWith(id, json.RootElement.GetProperty("id").GetString(), StringComparison.Ordinal);
        }

        Assert.Contains(rows, row => row is { Door: DisclosureDoor.ShareLink, Credentials: 2 });
        Assert.Contains(rows, row => row is { Door: DisclosureDoor.CredentialDownload, Credentials: 1 });
        Assert.Equal((1, 1), (Inside(later).Count, Inside(packed).Count));
        Assert.Equal([true, false], fallen.Badges.Select(one => one.Stands));
    }

    [Fact]
    public async Task A_minors_stack_is_shared_only_under_a_consent_about_all_badges_and_nobody_elses_ever()
    {
        var (minor, _, badge, stack) = await LearnerWithStackAsync(15);
        using var family = await district.AsAsync(await district.GuardianAsync(minor.Person));
        var other = await district.AgedAsync(await district.LearnerAsync(), 18);
        var body = new { expiresAt = In(9), stacks = new[] { stack.Value } };
        using var theirs = await other.Client.PostAsync("/api/shares", body);
        var terms = district.Terms(RecipientKind.ShareLink);
        await AgreedAsync(terms with { Records = terms.Records with { Badges = [badge] } });
        using var narrow = await minor.Client.PostAsync("/api/shares", body);
        await AgreedAsync(terms);
        var made = await MakeAsync(minor.Client, body);

        await Minors.RefusedAsync(theirs, "award.not-found");
        await Minors.RefusedAsync(narrow, "share.consent-missing");
        Assert.Equal([stack.Value], made.Share.Stacks);

        async Task AgreedAsync(ConsentTermsBody wanted)
        {
            var consent = await Minors.GiveAsync(minor.Client, minor.Person, wanted);
            (await family.PostAsync($"/api/consents/{consent.Id}/grants", new { })).Dispose();
        }
    }

    private const string Slug = "everything-in-the-shop";

    // Recorded as the stack's own work records it; no stack is published, so that nobody else in the district is awarded one.
    private async Task<(TestLearner Learner, string Award, string Badge, CredentialId Stack)> LearnerWithStackAsync(int age)
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), age);
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        var earned = (await district.Store.GetAsync(AwardDocuments.Kind, award, "award", CancellationToken.None)).Document;
        await district.App.Services.GetRequiredService<IssuanceFinisher>().FinishAnyAsync(earned.Credential, CancellationToken.None);
        var stack = new BadgeStack { Slug = Slug, Name = "Everything in the shop", Description = "All of it.", Badges = [new(earned.Badge.Slug)], Certificates = [], Award = StackCounting.Earned }.Publish(1);
        if (await district.Store.FindAsync(StackDocuments.Versions, stack.Id.ToString(), CancellationToken.None) is null)
        {
            await district.Store.CommitAsync(new Changes().Add(StackDocuments.Versions, stack), CancellationToken.None);
        }

        var school = (await district.Store.GetAsync(OrganizationDocuments.Kind, earned.Organization.Value, "organization", CancellationToken.None)).Document;
        var derived = await district.App.Services.GetRequiredService<Commits>().RunAsync(
            async token =>
            {
                var changes = new Changes();
                var achievement = StackAchievement.Of(stack, new Dictionary<string, string>(), district.App.Services.GetRequiredService<InstanceAddress>());
                var one = await district.App.Services.GetRequiredService<DerivedIssuance>().PrepareAsync(
                    new(school, learner.Person, DerivedKind.Stack, Slug, stack.Id.ToString(), achievement, [earned.Credential], [], earned.AwardedAt), changes, token);
                return new Outcome<DerivedCredential>(changes, one, one.Credential.Value);
            },
            CancellationToken.None);
        await district.App.Services.GetRequiredService<IssuanceFinisher>().FinishAnyAsync(derived.Credential, CancellationToken.None);
        return (learner, award, earned.Badge.Slug, derived.Credential);
    }

    private Task EndAsync(CredentialId stack) => district.App.Services.GetRequiredService<Commits>().RunAsync(
        async token =>
        {
            var changes = new Changes();
            var read = await district.Store.GetAsync(DerivedDocuments.Kind, stack.Value, "award", token);
            await district.App.Services.GetRequiredService<DerivedStanding>().EndAsync(read, new(district.App.Clock.GetUtcNow(), district.WestRegistrar, "A reason."), changes, token);
            return new Outcome<bool>(changes, true, stack.Value);
        },
        CancellationToken.None);

    private async Task<JsonElement> PackedAsync(PersonId learner)
    {
        using var zip = new ZipArchive(new MemoryStream(await district.OutsidePackAsync(learner, withEvidence: false)));
        await using var clr = await zip.GetEntry(PackNames.Clr)!.OpenAsync();
        return (await JsonDocument.ParseAsync(clr)).RootElement;
    }

    private static async Task<JsonElement> RecordAsync(HttpClient client, string path) => JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    private static IReadOnlyList<string> Inside(JsonElement record) =>
        [.. record.GetProperty("credentialSubject").GetProperty("verifiableCredential").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private DateTimeOffset In(int days) => district.App.Clock.GetUtcNow().AddDays(days);

    private static async Task<NewShareAnswer> MakeAsync(HttpClient learner, object body) => await (await learner.PostAsync("/api/shares", body)).ReadAsync<NewShareAnswer>();

    private static string Token(NewShareAnswer made) => made.Link.Split('/')[^1];

    private static Uri Api(NewShareAnswer made) => new($"/api/share-links/{Token(made)}", UriKind.Relative);
}
