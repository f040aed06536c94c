using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

public static class AwardDocuments
{
    /// <summary>
    /// At most one live award for a learner, badge version and attempt; revoked and cancelled ones leave the slot. Attempts count on from submission to
    /// submission, so a renewal years later is another attempt.
    /// </summary>
    public static readonly AccessPath<Award> Live = new AccessPath<Award>("live")
        .Equal("learner", a => a.IsLive ? a.Learner.Value : null).Equal("badge", a => a.Badge.ToString()).Equal("attempt", a => a.Attempt).Unique();

    public static readonly AccessPath<Award> ByLearner = new AccessPath<Award>("learner").Equal("learner", a => a.Learner.Value).OrderBy("awarded", a => a.AwardedAt);

    public static readonly AccessPath<Award> ByOrganization =
        new AccessPath<Award>("organization").Equal("organization", a => a.Organization.Value).OrderBy("awarded", a => a.AwardedAt);

    public static readonly AccessPath<Award> BySubmission =
        new AccessPath<Award>("submission").Equal("submission", a => a.Submission.Value).OrderBy("awarded", a => a.AwardedAt);

    public static readonly AccessPath<Award> ByCredential = new AccessPath<Award>("credential").Equal("credential", a => a.Credential.Value).Unique();

    public static readonly DocumentKind<Award> Kind = new("award", a => a.Id.Value) { Paths = [Live, ByLearner, ByOrganization, BySubmission, ByCredential] };
}
