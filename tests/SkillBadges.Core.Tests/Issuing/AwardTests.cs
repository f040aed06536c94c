using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class AwardTests
{
    private static readonly StatusMark mark = StatusMark.Because("wrong learner", PersonId.From("registrar"), Requests.Noon);
    private static readonly CredentialStatus good = new(CredentialId.New(), new("org"), StatusListId.New(), 5);

    [Fact]
    public void An_award_that_ends_leaves_the_live_slot()
    {
        Assert.Single(AwardDocuments.Live.RowsOf(New()));
        Assert.Empty(AwardDocuments.Live.RowsOf(New().End(Requests.Noon)));
        Assert.Empty(AwardDocuments.Live.RowsOf(New().Issue(Requests.Noon).End(Requests.Noon)));
    }

    [Fact]
    public void Before_its_signature_an_award_is_cancelled_and_after_it_revoked()
    {
        Assert.Equal(AwardState.Cancelled, New().End(Requests.Noon).State);
        Assert.Equal(AwardState.Revoked, New().Issue(Requests.Noon).End(Requests.Noon).State);
    }

    [Fact]
    public void A_cancelled_award_is_never_issued() =>
        Assert.Equal("award.not-signing", Assert.Throws<RefusedException>(() => New().End(Requests.Noon).Issue(Requests.Noon)).Code);

    [Fact]
    public void Revocation_is_for_good()
    {
        var revoked = good.Revoke(mark);
        Assert.All<Action>([() => revoked.Reinstate(mark), () => revoked.Suspend(mark), () => revoked.Revoke(mark)], again => Assert.Equal("award.already-revoked", Assert.Throws<RefusedException>(again).Code));
    }

    [Fact]
    public void Suspension_can_be_lifted_and_then_leaves_no_bit()
    {
        Assert.Single(CredentialStatusDocuments.Marked.RowsOf(good.Suspend(mark)));
        Assert.Empty(CredentialStatusDocuments.Marked.RowsOf(good.Suspend(mark).Reinstate(mark)));
        Assert.Equal("award.not-suspended", Assert.Throws<RefusedException>(() => good.Reinstate(mark)).Code);
        Assert.Equal("award.already-suspended", Assert.Throws<RefusedException>(() => good.Suspend(mark).Suspend(mark)).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("a\u202Eb")]
    public void A_reason_is_needed_and_is_plain_text(string? reason) =>
        Assert.Equal("award.reason", Assert.Throws<RefusedException>(() => StatusMark.Because(reason, PersonId.From("p"), Requests.Noon)).Code);

    [Fact]
    public void A_reason_has_at_most_500_characters()
    {
        Assert.Equal(500, StatusMark.Because(new string('a', 500), PersonId.From("p"), Requests.Noon).Reason.Length);
        Assert.Throws<RefusedException>(() => StatusMark.Because(new string('a', 501), PersonId.From("p"), Requests.Noon));
    }

    private static Award New()
    {
        var request = Requests.Approved();
        return new(AwardId.New(Requests.Noon), request.Learner, request.Organization.Id, request.Badge.Id, 1, CredentialId.New(), request.SubmissionId, "d", request.Levels, Requests.Noon);
    }
}
