using System.Text;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Tests.Issuing;

/// <summary>What is issued here, before the verifier that everybody uses.</summary>
public sealed class OwnVerificationTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(SignedForm.VcJwtRs256)]
    [InlineData(SignedForm.VcJwtEs256)]
    [InlineData(SignedForm.EddsaRdfc2022)]
    public async Task What_is_issued_is_valid(string form)
    {
        var award = await world.IssueAsync();
        var report = await VerifyAsync(await TextAsync(award, form));
        Assert.Equal(("ok", Verdict.Valid), (report.Code, report.Verdict));
    }

    [Fact]
    public async Task What_is_suspended_or_revoked_is_so_at_once()
    {
        var award = await world.IssueAsync();
        var text = await TextAsync(award, SignedForm.VcJwtEs256);
        var registrar = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.Node.Statuses.SuspendAsync(registrar, award.Id, "under appeal", null, default);
        Assert.Equal("suspended", (await VerifyAsync(text)).Code);
        await world.Node.Statuses.ReinstateAsync(registrar, award.Id, "appeal upheld", null, default);
        Assert.Equal(Verdict.Valid, (await VerifyAsync(text)).Verdict);
        await world.Node.Statuses.RevokeAsync(registrar, award.Id, "wrong learner", null, default);
        Assert.Equal("revoked", (await VerifyAsync(text)).Code);
        Assert.Equal(Verdict.RevokedOrSuspended, (await VerifyAsync(text)).Verdict);
    }

    [Fact]
    public async Task What_has_outlived_its_recency_is_expired()
    {
        var award = await world.IssueAsync();
        var text = await TextAsync(award, SignedForm.VcJwtEs256);
        world.Clock.Advance(TimeSpan.FromDays(366 * 2));
        Assert.Equal(Verdict.Expired, (await VerifyAsync(text)).Verdict);
    }

    [Fact]
    public async Task After_rotation_what_was_signed_before_is_still_valid()
    {
        var text = await TextAsync(await world.IssueAsync(), SignedForm.VcJwtRs256);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.Node.Keys.RotateAsync(world.School.Id, default);
        Assert.Equal(Verdict.Valid, (await VerifyAsync(text)).Verdict);
    }

    [Theory]
    [InlineData(SignedForm.VcJwtRs256)]
    [InlineData(SignedForm.EddsaRdfc2022)]
    public async Task After_a_compromise_an_old_copy_counts_here_because_the_record_knows_it(string form)
    {
        var old = await TextAsync(await world.IssueAsync(), form);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now() - TimeSpan.FromDays(1), default);
        Assert.Equal(Verdict.Valid, (await VerifyAsync(old)).Verdict);
        Assert.Equal(Verdict.Invalid, (await VerifyAsync(old, askRecord: false)).Verdict);
    }

    [Fact]
    public async Task After_a_compromise_what_the_thief_signs_is_invalid_whatever_date_it_bears()
    {
        var award = await world.IssueAsync();
        var stolen = (await world.Node.Keys.ActiveAsync(world.School.Id, default)).For(SignatureAlgorithm.ES256);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now() - TimeSpan.FromDays(1), default);

        // Backdated, and under the id of a credential that the record does know.
        var intent = await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);
        var forged = intent.Payload.Replace("Bench Work", "Brain Surgery", StringComparison.Ordinal);
        var token = Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(forged), stolen.Signer, VcJwtProfile.OpenBadges, default));
        var report = await VerifyAsync(token);
        Assert.Equal(("key-not-for-this", Verdict.Invalid), (report.Code, report.Verdict));
    }

    [Fact]
    public async Task After_a_compromise_the_thief_cannot_hide_in_the_json_form_either()
    {
        var award = await world.IssueAsync();
        var stolen = await world.Node.Keys.ActiveAsync(world.School.Id, default);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.Node.Compromise.DeclareAsync(world.School.Id, world.Clock.Now() - TimeSpan.FromDays(1), default);
        var intent = await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);
        var forged = intent.Payload.Replace("Bench Work", "Brain Surgery", StringComparison.Ordinal);
        var secured = await EmbeddedProof.AddAsync(Encoding.UTF8.GetBytes(forged), stolen, Requests.Noon, default);
        Assert.Equal(Verdict.Invalid, (await VerifyAsync(secured.Text)).Verdict);
    }

    [Fact]
    public async Task What_was_issued_after_the_keys_were_stolen_counts_only_when_it_is_signed_anew()
    {
        var award = await world.IssueAsync();
        var doubtful = await TextAsync(award, SignedForm.VcJwtEs256);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Node.Compromise.DeclareAsync(world.School.Id, Requests.Noon - TimeSpan.FromHours(1), default);
        Assert.Equal(Verdict.Invalid, (await VerifyAsync(doubtful)).Verdict);
        await world.Node.Resigning.ResignAsync(world.School.Id, default);
        Assert.Equal(Verdict.Valid, (await VerifyAsync(await TextAsync(award, SignedForm.VcJwtEs256))).Verdict);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task A_signature_that_does_not_hold_is_never_let_go(int keptOfIt)
    {
        var award = await world.PrepareAsync();
        var intent = await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);
        var good = await world.Node.Keys.ActiveAsync(world.School.Id, default);
        foreach (var algorithm in new[] { SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EdDSA })
        {
            var broken = good with { Keys = [.. good.Keys.Select(key => key.Read.Document.Algorithm == algorithm ? key with { Signer = new FailingDevice(key.Signer, keptOfIt) } : key)] };
            await Assert.ThrowsAsync<UnsoundSignatureException>(() => IntentSigning.SignAsync(intent.Recorded, broken, world.Clock.Now(), default));
            await Assert.ThrowsAsync<UnsoundSignatureException>(() => IntentSigning.SignAsync(intent.Recorded, broken, world.Clock.Now(), isOneOfMany: true, default));
        }

        Assert.Equal(3, (await IntentSigning.SignAsync(intent.Recorded, good, world.Clock.Now(), default)).Forms.Length);
    }

    private async Task<string> TextAsync(Award award, string form) => (await world.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value)).Form(form)!.Text;

    private async Task<VerificationReport> VerifyAsync(string text, bool askRecord = true)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var network = new DidResolver((_, _) => ValueTask.FromResult(Fetched.NotAllowed), []);
        var dids = new InstanceDidResolver(world.Node.Documents, Requests.Address, network);
        var lists = new InstanceStatusLists(world.Node.Publisher, Requests.Address, (_, _) => ValueTask.FromResult(Fetched.NotAllowed));
        var ports = new VerifierPorts(dids, lists.FetchAsync, (issuer, _) => ValueTask.FromResult<TrustedIssuer?>(new(issuer, [])), world.Clock);
        return askRecord
            ? await new InstanceVerifier(ports, new AttestedIssuers(world.Store, world.Node.Keys, Requests.Address)).VerifyAsync(bytes, default)
            : await new CredentialVerifier(ports).VerifyAsync(bytes, default);
    }

    /// <summary>A signing device that has lost its mind.</summary>
    private sealed class FailingDevice(ISigner device, int keptOfIt) : ISigner
    {
        public SignatureAlgorithm Algorithm => device.Algorithm;

        public string VerificationMethod => device.VerificationMethod;

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            var signature = await device.SignAsync(data, cancellationToken);
            signature[7] ^= 1;
            return signature[..(signature.Length * keptOfIt)];
        }
    }
}
