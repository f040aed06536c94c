using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Support;

public static class AccommodationDocuments
{
    public static readonly AccessPath<Accommodation> ByLearner = new AccessPath<Accommodation>("learner")
        .Equal("learner", a => a.Learner.Value).Equal("organization", a => a.Organization.Value).OrderBy("granted", a => a.GrantedAt);

    public static readonly DocumentKind<Accommodation> Kind = new("accommodation", a => a.Id.Value) { Paths = [ByLearner] };
}

public static class AssessmentRequestDocuments
{
    public static readonly AccessPath<AssessmentRequest> BySubmission = new AccessPath<AssessmentRequest>("submission").Equal("submission", r => r.Submission.Value).OrderBy("asked", r => r.AskedAt);

    /// <summary>What waits, by learner: a class is one question.</summary>
    public static readonly AccessPath<AssessmentRequest> Waiting = new AccessPath<AssessmentRequest>("waiting")
        .Equal("learner", r => r.AnsweredAt is null ? r.Learner.Value : null).Equal("organization", r => r.Organization.Value).OrderBy("asked", r => r.AskedAt);

    /// <summary>One waits at a time for each stop point, and one for the whole.</summary>
    public static readonly AccessPath<AssessmentRequest> Open = new AccessPath<AssessmentRequest>("open")
        .Equal("submission", r => r.AnsweredAt is null ? r.Submission.Value : null).Equal("checkpoint", r => r.Checkpoint ?? "*").Unique();

    public static readonly DocumentKind<AssessmentRequest> Kind = new("assessment_request", r => r.Id.Value) { Paths = [BySubmission, Waiting, Open] };
}
