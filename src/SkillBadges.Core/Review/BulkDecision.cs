using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

public enum BulkOutcome
{
    Approved,
    Returned,

    /// <summary>A signature beside the teacher's, or one of two ratings: the work waits for the other.</summary>
    Recorded,

    Refused,
}

/// <summary>One decision among many.</summary>
public sealed record BulkItem(SubmissionId Submission, DecisionRequest Request, long? IfMatch);

/// <summary>What one of them came to.</summary>
/// <param name="Code">Why it was refused; null otherwise.</param>
public sealed record BulkResult(SubmissionId Submission, BulkOutcome Outcome, string? Decision, string? Award, string? Code, string? Message);

/// <summary>What a request with many decisions was answered, kept so that the same request is answered the same.</summary>
public sealed record BulkDecision(string Id, PersonId Actor, ImmutableArray<BulkResult> Results, DateTimeOffset ExpiresAt);

public static class BulkDecisionDocuments
{
    public static readonly AccessPath<BulkDecision> ByExpiry = new AccessPath<BulkDecision>("expiry").OrderBy("expires", bulk => bulk.ExpiresAt);

    public static readonly DocumentKind<BulkDecision> Kind = new("bulk_decision", bulk => bulk.Id) { Paths = [ByExpiry] };
}
