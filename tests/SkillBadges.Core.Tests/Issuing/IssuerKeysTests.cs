using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class IssuerKeysTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task First_uses_at_once_on_three_nodes_make_one_key_of_each_algorithm()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => world.SecondNode()).ToList();
        var opened = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Keys.ActiveAsync(world.School.Id, default))));
        Assert.Single(opened.Select(keys => string.Join(' ', keys.Keys.Select(key => key.KeyId))).Distinct());
        Assert.Equal([SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EdDSA], (await world.Node.Keys.AllAsync(world.School.Id, default)).Select(key => key.Algorithm).Order());
        nodes.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task A_private_key_opens_under_its_own_id_and_the_right_key_file_only()
    {
        await world.Node.Keys.ActiveAsync(world.School.Id, default);
        var keys = await world.Node.Keys.AllAsync(world.School.Id, default);
        using var opened = keys[1].Open(world.Vault);
        Assert.Equal(keys[1].Public(), opened.Public);
        Assert.Throws<CryptographicException>(() => keys[1].Open(new KeyEncryptionKey([9, .. new byte[31]])));
        Assert.ThrowsAny<CryptographicException>(() => (keys[1] with { SealedPrivateKey = keys[0].SealedPrivateKey }).Open(world.Vault));
    }

    [Fact]
    public async Task Rotation_retires_the_old_keys_which_stay_published_and_still_verify()
    {
        var award = await world.IssueAsync();
        var before = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        world.Clock.Advance(TimeSpan.FromDays(1));
        var made = await world.Node.Keys.RotateAsync(world.School.Id, default);
        var after = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        Assert.Equal(3, before.ForAssertion.Count());
        Assert.Equal(6, after.ForAssertion.Select(method => method.Id).Distinct().Count());
        Assert.True(await IsSignedByAsync(award, after));

        var next = await world.IssueAsync(Requests.Approved("learner-2"));
        var forms = (await world.GetAsync(SignedCredentialDocuments.Kind, next.Credential.Value)).Forms;
        Assert.All(forms, form => Assert.Contains(form.KeyId[(form.KeyId.IndexOf('#', StringComparison.Ordinal) + 1)..], made));
    }

    [Fact]
    public async Task A_node_that_still_holds_retired_keys_signs_nothing_with_them()
    {
        await world.IssueAsync();
        using var other = world.SecondNode();
        var made = await other.Keys.RotateAsync(world.School.Id, default);
        var award = await world.IssueAsync(Requests.Approved("learner-2"));
        var forms = (await world.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value)).Forms;
        Assert.All(forms, form => Assert.Contains(form.KeyId[(form.KeyId.IndexOf('#', StringComparison.Ordinal) + 1)..], made));
    }

    [Fact]
    public async Task A_compromised_key_signs_no_assertion_any_more_and_says_since_when()
    {
        await world.IssueAsync();
        var since = world.Clock.Now();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Node.Compromise.DeclareAsync(world.School.Id, since, default);
        var document = DidDocument.Read((await world.Node.Documents.DidDocumentAsync(world.School.Slug, default)).Write(), Requests.Address.DidOf(world.School.Slug));
        Assert.Equal(3, document.Methods.Count(method => method.Revoked == since));
        Assert.Equal(3, document.ForAssertion.Count());
        Assert.All(document.ForAssertion, method => Assert.Null(method.Revoked));
        using var jwks = JsonDocument.Parse(await world.Node.Documents.JwksAsync(world.School.Slug, default));
        Assert.Equal(document.ForAssertion.Select(method => method.Id), jwks.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()));
    }

    [Fact]
    public async Task Keys_that_were_retired_before_the_bad_day_stay_good()
    {
        var award = await world.IssueAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Node.Keys.RotateAsync(world.School.Id, default);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now() - TimeSpan.FromHours(1), default);
        var document = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        Assert.Equal(9, document.Methods.Length);
        Assert.Equal(6, document.ForAssertion.Count());
        Assert.True(await IsSignedByAsync(award, document));
    }

    [Fact]
    public async Task After_the_bad_day_lists_and_credentials_are_signed_anew_and_say_the_same()
    {
        var kept = await world.IssueAsync();
        var revoked = await world.IssueAsync(Requests.Approved("learner-2"));
        await world.EndAsync(revoked.Id);
        var list = (await world.GetAsync(CredentialStatusDocuments.Kind, kept.Credential.Value)).List;
        await world.Node.Publisher.PublishAsync(list, default);
        var before = await world.GetAsync(SignedCredentialDocuments.Kind, kept.Credential.Value);

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now() - TimeSpan.FromHours(1), default);
        Assert.Equal(1, await world.Node.Resigning.ResignAsync(world.School.Id, default));
        Assert.Equal(0, await world.Node.Resigning.ResignAsync(world.School.Id, default));
        await world.Node.Publisher.PublishAsync(list, default);

        var document = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        Assert.True(await IsSignedByAsync(kept, document));
        var after = await world.GetAsync(SignedCredentialDocuments.Kind, kept.Credential.Value);
        Assert.Equal(before.Forms.Select(form => Payload(form)), after.Forms.Select(form => Payload(form)));
        Assert.Contains((await world.Node.Publisher.GetAsync(list, StatusPurpose.Revocation, default)).Forms[0].KeyId, document.ForAssertion.Select(method => method.Id));
    }

    [Fact]
    public async Task Keys_cannot_be_compromised_in_the_future()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now().AddMinutes(1), default));
        Assert.Equal("keys.compromised-since", refused.Code);
    }

    [Fact]
    public async Task An_organization_that_is_not_there_has_neither_keys_nor_documents()
    {
        Assert.Equal("organization.not-found", (await Assert.ThrowsAsync<RefusedException>(() => world.Node.Keys.ActiveAsync(new("nobody"), default))).Code);
        Assert.Equal("organization.not-found", (await Assert.ThrowsAsync<RefusedException>(() => world.Node.Documents.DidDocumentAsync("nobody", default))).Code);
        Assert.Null(await world.Node.Documents.FindAsync("did:web:elsewhere.example:orgs:westfield-high", default));
    }

    [Fact]
    public async Task Published_documents_hold_public_keys_alone()
    {
        await world.IssueAsync();
        var document = Encoding.UTF8.GetString((await world.Node.Documents.DidDocumentAsync(world.School.Slug, default)).Write());
        var jwks = Encoding.UTF8.GetString(await world.Node.Documents.JwksAsync(world.School.Slug, default));
        Assert.All([document, jwks], text => Assert.DoesNotMatch("\"(d|p|q|dp|dq|qi)\"", text));
    }

    // What is signed: the token's payload, or the JSON up to its proof.
    private static string Payload(SignedForm form) =>
        form.Name == SignedForm.EddsaRdfc2022 ? form.Text[..form.Text.IndexOf("\"proof\"", StringComparison.Ordinal)] : form.Text.Split('.')[1];

    private async Task<bool> IsSignedByAsync(Award award, DidDocument document)
    {
        var form = (await world.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value)).Form(SignedForm.VcJwtEs256)!;
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes(form.Text));
        return token.IsSignedBy(document.ForAssertion.Single(method => method.Id == token.Header.KeyId).Key);
    }
}
