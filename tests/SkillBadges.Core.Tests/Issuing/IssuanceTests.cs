using System.Text;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class IssuanceTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_approved_badge_is_recorded_first_and_signed_after()
    {
        var award = await world.PrepareAsync();
        Assert.Equal(AwardState.Signing, award.State);
        Assert.Null(await world.Store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, default));

        var issued = await world.Node.Finisher.FinishAsync(award.Credential, default);
        Assert.Equal(AwardState.Issued, issued.State);
        Assert.Equal(IntentState.Completed, (await IntentAsync(award)).State);
        Assert.Equal([SignedForm.VcJwtRs256, SignedForm.VcJwtEs256, SignedForm.EddsaRdfc2022], (await SignedAsync(award)).Forms.Select(form => form.Name));
    }

    [Theory]
    [InlineData(SignedForm.VcJwtRs256, SignatureAlgorithm.RS256)]
    [InlineData(SignedForm.VcJwtEs256, SignatureAlgorithm.ES256)]
    public async Task What_is_signed_is_the_intent_byte_for_byte_with_a_key_that_the_school_publishes(string form, SignatureAlgorithm algorithm)
    {
        var award = await world.IssueAsync();
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes((await SignedAsync(award)).Form(form)!.Text));
        Assert.Equal(VcJwtPayload.Write((await IntentAsync(award)).Recorded.Bytes, VcJwtProfile.OpenBadges), token.PayloadBytes.ToArray());

        var published = await world.Node.Documents.DidDocumentAsync(world.School.Slug, default);
        var method = Assert.Single(published.ForAssertion, method => method.Id == token.Header.KeyId);
        Assert.Equal(algorithm, method.Key.Algorithm);
        Assert.True(token.IsSignedBy(method.Key));
        Assert.Equal(published.Id, token.Payload.GetProperty("iss").GetString());
        Assert.Equal(Requests.Address.Credential(award.Credential), token.Payload.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task Finishing_again_changes_nothing()
    {
        var award = await world.IssueAsync();
        var signed = await SignedAsync(award);
        Assert.Equal(AwardState.Issued, (await world.Node.Finisher.FinishAsync(award.Credential, default)).State);
        Assert.Equal(signed.Forms.Select(form => form.Text), (await SignedAsync(award)).Forms.Select(form => form.Text));
    }

    [Fact]
    public async Task Who_comes_while_a_badge_is_being_signed_waits_and_signs_nothing()
    {
        var award = await world.PrepareAsync();
        var counting = new CountingStore(world.Store);
        var finisher = new IssuanceFinisher(new Commits(counting, world.Clock), world.Node.Keys, world.Clock);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => finisher.FinishAnyAsync(award.Credential, default))));
        Assert.Equal(1, counting.Commits);
        Assert.Equal(AwardState.Issued, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);
    }

    [Fact]
    public async Task Twenty_finishers_on_two_nodes_make_one_credential()
    {
        var award = await world.PrepareAsync();
        using var other = world.SecondNode();
        var awards = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? world.Node : other).Finisher.FinishAsync(award.Credential, default))));
        Assert.All(awards, finished => Assert.Equal(AwardState.Issued, finished.State));
        Assert.Equal(2, (await world.Store.GetAsync(AwardDocuments.Kind, award.Id.Value, "award", default)).Version);
        Assert.Equal(1, (await world.Store.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value, "credential", default)).Version);
    }

    [Fact]
    public async Task After_a_crash_the_sweep_completes_what_was_recorded_exactly_once()
    {
        var awards = new List<Award>();
        for (var i = 0; i < 5; i++)
        {
            awards.Add(await world.PrepareAsync(Requests.Approved($"learner-{i}")));
        }

        world.Restart();
        Assert.Equal(0, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        world.Clock.Advance(IssuanceFinisher.Patience + TimeSpan.FromMilliseconds(1));
        var report = await world.Node.Finisher.FinishOpenAsync(default);
        Assert.Equal(5, report.Settled);
        Assert.Empty(report.Unfinished);
        Assert.Equal(0, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        foreach (var award in awards)
        {
            Assert.Equal(AwardState.Issued, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);
        }
    }

    [Fact]
    public async Task Of_many_that_are_signed_together_those_that_somebody_else_finished_meanwhile_are_left_as_they_are()
    {
        var read = new List<Read<IssuanceIntent>>();
        for (var i = 0; i < 4; i++)
        {
            var award = await world.PrepareAsync(Requests.Approved($"learner-{i}"));
            read.Add(await world.Store.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value, "award", default));
        }

        await world.Node.Finisher.FinishAsync(read[0].Document.Credential, default);
        await world.EndAsync(read[1].Document.Award!.Value);
        var report = await world.Node.Finisher.FinishTogetherAsync(read, default);

        Assert.Equal((4, 0), (report.Settled, report.Unfinished.Length));
        var signed = await Task.WhenAll(read.Select(async one => await world.Store.FindAsync(SignedCredentialDocuments.Kind, one.Id, default) is { Version: 1 }));
        Assert.Equal([true, false, true, true], signed);
        Assert.Equal(0, await world.Store.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 10, default));
    }

    [Fact]
    public async Task A_signer_that_is_out_of_reach_leaves_the_intent_open_until_it_is_back()
    {
        await world.IssueAsync();
        var award = await world.PrepareAsync(Requests.Approved("learner-2"));
        world.Restart(new KeyEncryptionKey([1, .. new byte[31]]));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var failed = await world.Node.Finisher.FinishOpenAsync(default);
        Assert.Equal("keys.wrong-key-file", Assert.IsType<RefusedException>(Assert.Single(failed.Unfinished).Cause).Code);
        Assert.Equal(IntentState.Open, (await IntentAsync(award)).State);

        world.Restart();
        Assert.Equal(1, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        Assert.Equal(AwardState.Issued, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);
    }

    [Fact]
    public async Task When_the_last_write_fails_nothing_is_half_done_and_it_completes_later()
    {
        var award = await world.PrepareAsync();
        world.Sql("CREATE TRIGGER refuse BEFORE INSERT ON d_signed_credential BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => world.Node.Finisher.FinishAsync(award.Credential, default));
        Assert.Equal(IntentState.Open, (await IntentAsync(award)).State);
        Assert.Equal(AwardState.Signing, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);

        world.Sql("DROP TRIGGER refuse");
        Assert.Equal(AwardState.Issued, (await world.Node.Finisher.FinishAsync(award.Credential, default)).State);
    }

    [Fact]
    public async Task Fifty_preparations_of_one_attempt_leave_one_live_award()
    {
        // The learner is known here already, so that nothing but the slot itself stands between the fifty.
        await world.PrepareAsync(Requests.Approved() with { SubmissionId = new("earlier"), Attempt = 7 });
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (Award: (Award?)await world.PrepareAsync(), Code: (string?)null);
            }
            catch (RefusedException refused)
            {
                return (Award: null, refused.Code);
            }
        })));
        Assert.Single(results, result => result.Award is not null);
        Assert.All(results.Where(result => result.Award is null), result => Assert.Equal("award.already-live", result.Code));
        Assert.Equal(2, await world.Store.CountAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where("learner-1"), 100, default));
    }

    [Fact]
    public async Task Another_school_or_a_later_attempt_may_award_the_same_badge()
    {
        var college = Requests.School("lakeside-college");
        await world.AddAsync(college);
        await world.IssueAsync();
        await world.IssueAsync(Requests.Approved(school: college) with { SubmissionId = new("submission-2"), Attempt = 2 });
        await world.IssueAsync(Requests.Approved() with { SubmissionId = new("submission-3"), Attempt = 3 });
        Assert.Equal(3, await world.Store.CountAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where("learner-1"), 100, default));
    }

    [Fact]
    public async Task A_learner_has_one_name_at_a_school_and_another_at_the_next()
    {
        var college = Requests.School("lakeside-college");
        await world.AddAsync(college);
        var first = await SubjectAsync(await world.PrepareAsync());
        var second = await SubjectAsync(await world.PrepareAsync(Requests.Approved() with { SubmissionId = new("submission-2"), Attempt = 2 }));
        var elsewhere = await SubjectAsync(await world.PrepareAsync(Requests.Approved(school: college) with { SubmissionId = new("submission-3"), Attempt = 3 }));
        Assert.Equal(first, second);
        Assert.NotEqual(first, elsewhere);
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", first);
    }

    [Fact]
    public async Task Two_badges_of_one_learner_in_one_commit_share_the_new_name()
    {
        var changes = new Changes();
        var one = await world.Node.Issuance.PrepareAsync(Requests.Approved(), changes, default);
        var two = await world.Node.Issuance.PrepareAsync(Requests.Approved() with { SubmissionId = new("submission-2"), Attempt = 2 }, changes, default);
        await world.Store.CommitAsync(changes, default);
        Assert.Equal(await SubjectAsync(one), await SubjectAsync(two));
    }

    [Fact]
    public async Task A_correction_before_the_signature_means_that_it_is_never_signed()
    {
        var award = await world.PrepareAsync();
        Assert.Equal(AwardState.Cancelled, (await world.EndAsync(award.Id)).State);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        Assert.Equal(AwardState.Cancelled, (await world.Node.Finisher.FinishAsync(award.Credential, default)).State);
        Assert.Null(await world.Store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, default));
        Assert.NotNull((await StatusAsync(award)).Revoked);
    }

    [Fact]
    public async Task A_correction_and_a_signature_at_once_never_leave_a_live_award_with_a_revoked_status()
    {
        for (var i = 0; i < 20; i++)
        {
            var award = await world.PrepareAsync(Requests.Approved($"learner-{i}"));
            await Task.WhenAll(
                Task.Run(() => world.Node.Finisher.FinishAsync(award.Credential, default)),
                Task.Run(() => world.EndAsync(award.Id)));
            var ended = await world.GetAsync(AwardDocuments.Kind, award.Id.Value);
            var signed = await world.Store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, default);
            Assert.Equal(signed is null ? AwardState.Cancelled : AwardState.Revoked, ended.State);
            Assert.NotNull((await StatusAsync(award)).Revoked);
        }
    }

    [Fact]
    public async Task A_correction_frees_the_slot_for_a_new_award_in_the_same_commit()
    {
        var first = await world.IssueAsync();
        Assert.Equal("award.already-live", (await Assert.ThrowsAsync<RefusedException>(() => world.PrepareAsync())).Code);

        var changes = new Changes();
        await world.Node.Correction.EndAsync(first.Id, StatusMark.Because("wrong level", PersonId.From("teacher"), world.Clock.Now()), changes, default);
        var second = await world.Node.Issuance.PrepareAsync(Requests.Approved() with { DecisionId = "decision-2" }, changes, default);
        await world.Store.CommitAsync(changes, default);
        Assert.Equal(AwardState.Revoked, (await world.GetAsync(AwardDocuments.Kind, first.Id.Value)).State);
        Assert.Equal(AwardState.Issued, (await world.Node.Finisher.FinishAsync(second.Credential, default)).State);
    }

    [Fact]
    public async Task An_incomplete_decision_awards_nothing()
    {
        var request = Requests.Approved();
        IssuanceRequest[] incomplete =
        [
            request with { Levels = request.Levels[1..] },
            request with { Levels = request.Levels.SetItem(0, new("filing", "beginning")) },
            request with { Levels = request.Levels.Add(request.Levels[0]) },
        ];
        foreach (var one in incomplete)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => world.PrepareAsync(one));
            Assert.Equal("award.incomplete", refused.Code);
        }

        Assert.Equal(0, await world.Store.CountAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where("learner-1"), 100, default));
    }

    private Task<IssuanceIntent> IntentAsync(Award award) => world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);

    private Task<SignedCredential> SignedAsync(Award award) => world.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value);

    private Task<CredentialStatus> StatusAsync(Award award) => world.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value);

    private async Task<string> SubjectAsync(Award award)
    {
        using var payload = System.Text.Json.JsonDocument.Parse((await IntentAsync(award)).Payload);
        return payload.RootElement.GetProperty("credentialSubject").GetProperty("id").GetString()!;
    }
}
