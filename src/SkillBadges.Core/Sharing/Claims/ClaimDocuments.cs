using System.Globalization;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Which of a college's claims are looked for.</summary>
/// <param name="Term">The term that was posted, or else asked for; null for all.</param>
public sealed record ClaimShelf(OrganizationId College, ArticulationId? Articulation, string? Term, bool OpenOnly)
{
    /// <summary>All claims of it latest first; the open ones by their last day, soonest first.</summary>
    public DocumentQuery<CreditClaim> Query() => OpenOnly ? ClaimDocuments.ByDeadline.Where(ToString()) : ClaimDocuments.ByShelf.Where(ToString()).Descending();

    public override string ToString() => string.Join(' ', new[] { Articulation?.Value ?? College.Value, Term }.OfType<string>());
}

public static class ClaimDocuments
{
    /// <summary>Outbox topic; the subject is a claim whose deadline comes near or has passed.</summary>
    public const string Topic = "credit-claims.deadline";

    public static readonly AccessPath<CreditClaim> ByLearner = new AccessPath<CreditClaim>("learner").Equal("learner", c => c.Learner.Value).OrderBy("made", c => c.MadeAt);

    /// <summary>A college's claims by <see cref="ClaimShelf"/>: all or those of one agreement, of all terms or one.</summary>
    public static readonly AccessPath<CreditClaim> ByShelf = new AccessPath<CreditClaim>("shelf").Each("shelf", ShelvesOf).OrderBy("made", c => c.MadeAt).Revised(2);

    /// <summary>The open ones of each shelf.</summary>
    public static readonly AccessPath<CreditClaim> ByDeadline = new AccessPath<CreditClaim>("deadline").Each("shelf", ShelvesOf).OrderBy("deadline", c => c.IsOpen ? (long?)c.Deadline.DayNumber : null);

    public static readonly AccessPath<CreditClaim> ByCredential = new AccessPath<CreditClaim>("credential").Each("credential", c => c.Badges.Select(badge => badge.Credential.Value)).OrderBy("made", c => c.MadeAt);

    /// <summary>One version of a badge or stack is claimed once under one agreement, while the claim is open or posted.</summary>
    public static readonly AccessPath<CreditClaim> Once = new AccessPath<CreditClaim>("once")
        .Equal("learner", c => c.IsLive ? c.Learner.Value : null).Equal("articulation", c => c.Articulation.Value).Equal("subject", c => c.Subject.ToString()).Unique();

    /// <summary>One course is credited once under one agreement, whichever version was earned.</summary>
    public static readonly AccessPath<CreditClaim> OncePerCourse = new AccessPath<CreditClaim>("once_per_course")
        .Equal("learner", c => c.IsLive ? c.Learner.Value : null).Equal("articulation", c => c.Articulation.Value).Equal("course", c => c.Terms.CourseCode).Unique();

    public static readonly DocumentKind<CreditClaim> Kind = new("credit_claim", c => c.Id.Value) { Paths = [ByLearner, ByShelf, ByDeadline, ByCredential, Once, OncePerCourse] };

    public static readonly DocumentKind<ClaimApplicant> Applicants = new("claim_applicant", a => a.Claim.Value);

    private static IEnumerable<string> ShelvesOf(CreditClaim claim)
    {
        var all = new ClaimShelf(claim.College, null, null, OpenOnly: false);
        var term = claim.Posting?.Term ?? claim.Term;
        ClaimShelf[] shelves = [all, all with { Term = term }, all with { Articulation = claim.Articulation }, all with { Articulation = claim.Articulation, Term = term }];
        return shelves.Select(shelf => shelf.ToString());
    }

    /// <summary>The number by which college and student speak of a claim: the last eight of its id, in two groups.</summary>
    public static string NumberOf(CreditClaimId id) => string.Create(CultureInfo.InvariantCulture, $"{id.Value[^8..^4]}-{id.Value[^4..]}").ToUpperInvariant();
}
