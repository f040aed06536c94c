using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class StatusWorkflowTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(Role.Registrar, null)]
    [InlineData(Role.OrganizationAdmin, null)]
    [InlineData(Role.Counselor, "role.missing")]
    [InlineData(Role.Teacher, "award.not-found")]
    [InlineData(Role.Student, "award.not-found")]
    [InlineData(Role.StateAdmin, "award.not-found")]
    public async Task A_registrar_or_administrator_of_the_issuer_may_revoke(Role role, string? code)
    {
        var award = await world.IssueAsync();
        var actor = await world.StaffAsync(world.School, role, "actor");
        Task<CredentialStatus> Revoke() => world.Node.Statuses.RevokeAsync(actor, award.Id, "wrong learner", null, default);
        if (code is null)
        {
            Assert.NotNull((await Revoke()).Revoked);
            Assert.Equal(AwardState.Revoked, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);
        }
        else
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(Revoke)).Code);
            Assert.Equal(AwardState.Issued, (await world.GetAsync(AwardDocuments.Kind, award.Id.Value)).State);
        }
    }

    [Fact]
    public async Task A_registrar_of_another_school_does_not_learn_that_the_award_exists()
    {
        var college = Requests.School("lakeside-college");
        await world.AddAsync(college);
        var award = await world.IssueAsync();
        var stranger = await world.StaffAsync(college, Role.Registrar, "stranger");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Statuses.RevokeAsync(stranger, award.Id, "mine now", null, default));
        var missing = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Statuses.RevokeAsync(stranger, AwardId.From("nothing"), "mine now", null, default));
        Assert.Equal((missing.Code, missing.Message), (refused.Code, refused.Message));
        Assert.Equal("award.not-found", refused.Code);
    }

    [Fact]
    public async Task Nobody_lifts_the_suspension_of_a_badge_of_their_own()
    {
        var award = await world.IssueAsync(Requests.Approved("registrar-who-learns"));
        var own = await world.StaffAsync(world.School, Role.Registrar, "registrar-who-learns");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Statuses.ReinstateAsync(own, award.Id, "it is mine", null, default));
        Assert.Equal("award.own", refused.Code);
    }

    [Fact]
    public async Task A_role_that_ends_at_the_same_moment_ends_the_revocation_too()
    {
        var award = await world.IssueAsync();
        var actor = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        var membership = Assert.Single((await world.Store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where("registrar"), default)).Items);
        var ending = new Changes().Replace(MembershipDocuments.Kind, membership, membership.Document.End(world.Clock.Now()));
        var revoking = Task.Run(() => world.Node.Statuses.RevokeAsync(actor, award.Id, "wrong learner", null, default));
        await world.Store.CommitAsync(ending, default);
        var status = await revoking.ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default);

        // Either the revocation came first and stands, or the role was gone and nothing happened; the award tells the same story.
        var award2 = await world.GetAsync(AwardDocuments.Kind, award.Id.Value);
        Assert.Equal(status ? AwardState.Revoked : AwardState.Issued, award2.State);
        var after = await Assert.ThrowsAsync<RefusedException>(() => world.Node.Statuses.SuspendAsync(actor, award.Id, "again", null, default));
        Assert.Equal("award.not-found", after.Code);
    }

    [Fact]
    public async Task The_same_request_twenty_times_at_once_is_one_revocation()
    {
        var award = await world.IssueAsync();
        var actor = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        var key = new RequestKey("registrar", "POST /api/awards/1/revocation", "key-1", Sha256Digest.Of("body"u8));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => world.Node.Statuses.RevokeAsync(actor, award.Id, "wrong learner", key, default))));
        Assert.Single(answers.Distinct());
        Assert.Equal(2, (await world.Store.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value, "status", default)).Version);
    }

    [Fact]
    public async Task Revoking_before_the_signature_cancels_it()
    {
        var award = await world.PrepareAsync();
        var actor = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.Node.Statuses.RevokeAsync(actor, award.Id, "wrong learner", null, default);
        Assert.Equal(AwardState.Cancelled, (await world.Node.Finisher.FinishAsync(award.Credential, default)).State);
    }

    [Fact]
    public async Task A_revoked_award_is_not_suspended_reinstated_or_revoked_again()
    {
        var award = await world.IssueAsync();
        var actor = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.Node.Statuses.RevokeAsync(actor, award.Id, "wrong learner", null, default);
        Func<Task>[] again =
        [
            () => world.Node.Statuses.RevokeAsync(actor, award.Id, "again", null, default),
            () => world.Node.Statuses.SuspendAsync(actor, award.Id, "again", null, default),
            () => world.Node.Statuses.ReinstateAsync(actor, award.Id, "again", null, default),
        ];
        foreach (var one in again)
        {
            Assert.Equal("award.already-revoked", (await Assert.ThrowsAsync<RefusedException>(one)).Code);
        }
    }
}
