using System.Text;
using System.Text.Json;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class StatusListPublisherTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_list_is_there_for_the_first_reader_signed_by_its_issuer()
    {
        var award = await world.IssueAsync();
        foreach (var purpose in StatusPurposes.All)
        {
            var published = await ReadAsync(award, purpose);
            Assert.Equal(0, published.Bits[await IndexAsync(award)]);
            Assert.Equal("did:web:localhost%3A5080:orgs:westfield-high", published.Credential.IssuerId);
            Assert.Equal(EntryIn(await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value), purpose), published.Credential.Id);
            Assert.Equal(purpose.Term(), Assert.Single(published.Credential.Purposes));
            Assert.Equal(world.Clock.Now() + PublishedStatusList.Validity, published.Credential.ValidUntil);
            Assert.Equal(PublishedStatusList.TimeToLive, published.Credential.TimeToLive);
        }
    }

    [Fact]
    public async Task A_revoked_award_has_its_bit_set_and_its_neighbors_do_not()
    {
        var awards = new List<Award>();
        for (var i = 0; i < 10; i++)
        {
            awards.Add(await world.IssueAsync(Requests.Approved($"learner-{i}")));
        }

        await world.EndAsync(awards[3].Id);
        await PublishAsync(awards[3]);
        var revoked = (await ReadAsync(awards[3], StatusPurpose.Revocation)).Bits;
        Assert.Equal(1, Enumerable.Range(0, StatusList.Size).Count(index => revoked[index] != 0));
        Assert.Equal(1, revoked[await IndexAsync(awards[3])]);
        Assert.Equal(0, (await ReadAsync(awards[3], StatusPurpose.Suspension)).Bits[await IndexAsync(awards[3])]);
    }

    [Fact]
    public async Task A_suspension_comes_and_goes()
    {
        var award = await world.IssueAsync();
        var registrar = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.Node.Statuses.SuspendAsync(registrar, award.Id, "under appeal", null, default);
        await PublishAsync(award);
        Assert.Equal(1, (await ReadAsync(award, StatusPurpose.Suspension)).Bits[await IndexAsync(award)]);
        await world.Node.Statuses.ReinstateAsync(registrar, award.Id, "appeal upheld", null, default);
        await PublishAsync(award);
        Assert.Equal(0, (await ReadAsync(award, StatusPurpose.Suspension)).Bits[await IndexAsync(award)]);
    }

    [Fact]
    public async Task A_list_that_did_not_change_is_not_signed_again_until_its_time_runs_out()
    {
        var award = await world.IssueAsync();
        var first = await PublishAsync(award);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first.Forms[0].Text, (await PublishAsync(award)).Forms[0].Text);
        Assert.Empty(await world.Node.Publisher.PublishDueAsync(default));
        Assert.Equal(first.PublishedAt, (await PublishAsync(award)).PublishedAt);

        world.Clock.Advance(TimeSpan.FromHours(11.5));
        Assert.Empty(await world.Node.Publisher.PublishDueAsync(default));
        var renewed = (await ReadAsync(award, StatusPurpose.Revocation)).List;
        Assert.Equal(world.Clock.Now(), renewed.PublishedAt);
        Assert.True(renewed.ValidUntil > first.ValidUntil);
    }

    [Fact]
    public async Task Publishers_on_two_nodes_at_once_never_lose_a_revocation()
    {
        using var other = world.SecondNode();
        var awards = new List<Award>();
        for (var i = 0; i < 12; i++)
        {
            awards.Add(await world.IssueAsync(Requests.Approved($"learner-{i}")));
        }

        var list = (await world.GetAsync(CredentialStatusDocuments.Kind, awards[0].Credential.Value)).List;
        await Task.WhenAll(awards.Select((award, i) => Task.Run(async () =>
        {
            await world.EndAsync(award.Id);
            await (i % 2 == 0 ? world.Node : other).Publisher.PublishAsync(list, default);
        })));
        var bits = (await ReadAsync(awards[0], StatusPurpose.Revocation)).Bits;
        foreach (var award in awards)
        {
            Assert.Equal(1, bits[await IndexAsync(award)]);
        }
    }

    [Fact]
    public async Task Why_an_award_was_revoked_is_never_published()
    {
        var award = await world.IssueAsync();
        var registrar = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.Node.Statuses.RevokeAsync(registrar, award.Id, "plagiarized-by-zoe", null, default);
        var published = await PublishAsync(award);
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes(published.Forms[0].Text));
        Assert.DoesNotContain("zoe", Encoding.UTF8.GetString(token.PayloadBytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Publisher.GetAsync(new StatusListId("nothing"), StatusPurpose.Revocation, default));
        Assert.Equal("status-list.not-found", refused.Code);
    }

    private async Task<int> IndexAsync(Award award) => (await world.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value)).Index;

    private async Task<PublishedStatusList> PublishAsync(Award award)
    {
        await world.Node.Publisher.PublishAsync((await world.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value)).List, default);
        return (await ReadAsync(award, StatusPurpose.Revocation)).List;
    }

    private async Task<(PublishedStatusList List, StatusListCredential Credential, BitstringStatusList Bits)> ReadAsync(Award award, StatusPurpose purpose)
    {
        var list = await world.Node.Publisher.GetAsync((await world.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value)).List, purpose, default);
        var form = list.Form(SignedForm.VcJwtEs256)!;
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes(form.Text));
        var keys = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        Assert.True(token.IsSignedBy(keys.ForAssertion.Single(method => method.Id == token.Header.KeyId).Key));
        var credential = StatusListCredential.Read(token.Payload);
        return (list, credential, BitstringStatusList.Read(credential.EncodedList, 1));
    }

    private static string? EntryIn(IssuanceIntent intent, StatusPurpose purpose)
    {
        using var payload = JsonDocument.Parse(intent.Payload);
        return payload.RootElement.GetProperty("credentialStatus").EnumerateArray().Single(entry => entry.GetProperty("statusPurpose").GetString() == purpose.Term())
            .GetProperty("statusListCredential").GetString();
    }
}
