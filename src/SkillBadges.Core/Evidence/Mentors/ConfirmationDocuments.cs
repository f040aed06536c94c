using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Mentors;

public static class ConfirmationDocuments
{
    public static readonly AccessPath<Confirmation> BySecret = new AccessPath<Confirmation>("secret").Equal("secret", c => c.SecretHash).Unique();

    public static readonly AccessPath<Confirmation> BySubmission = new AccessPath<Confirmation>("submission").Equal("submission", c => c.Subject.Submission?.Value).OrderBy("asked", c => c.AskedAt);

    public static readonly AccessPath<Confirmation> ByLogEntry = new AccessPath<Confirmation>("log_entry").Equal("log_entry", c => c.Subject.LogEntry).OrderBy("asked", c => c.AskedAt);

    public static readonly AccessPath<Confirmation> Waiting = new AccessPath<Confirmation>("waiting").Equal("learner", c => c.Answer is null ? c.Learner.Value : null).OrderBy("expires", c => c.ExpiresAt);

    /// <summary>Those that were never answered go when their time is over.</summary>
    public static readonly AccessPath<Confirmation> ByExpiry = new AccessPath<Confirmation>("expiry").OrderBy("expires", c => c.Answer is null ? c.ExpiresAt : (DateTimeOffset?)null);

    public static readonly DocumentKind<Confirmation> Kind = new("confirmation", c => c.Id.Value) { Paths = [BySecret, BySubmission, ByLogEntry, Waiting, ByExpiry] };
}
