using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>The credit that a college wrote down, as a credential that the college itself signs for the student (Open Badges 3.0, achievement type Course).</summary>
public sealed class ClaimProof(IDocumentStore store, DerivedIssuance issuance, InstanceAddress address)
{
    /// <summary>Adds to <paramref name="changes"/> what is signed for a claim that was posted.</summary>
    public async Task<DerivedCredential> PrepareAsync(CreditClaim posted, Changes changes, CancellationToken cancellationToken)
    {
        var posting = posted.Posting ?? throw new InvalidOperationException("Only credit that was posted is proven.");
        var college = (await store.GetAsync(OrganizationDocuments.Kind, posted.College.Value, "organization", cancellationToken)).Document;
        var badges = await store.VersionsAsync(posted.Badges.Select(badge => badge.Badge), cancellationToken);
        var schools = (await store.FindAllAsync(OrganizationDocuments.Kind, posted.Badges.Select(badge => badge.Issuer.Value), cancellationToken)).ToDictionary(school => school.Id, school => school.Name);
        var id = address.Link($"/api/articulations/{posted.Articulation.Value}#{posted.Revision}");
        var achievement = new Achievement
        {
            Id = id,
            Name = $"{posting.Course} {posted.Terms.CourseTitle}",
            Description = FormattableString.Invariant($"{posted.Terms.Credits:0.##} credits of {posting.Course} at {college.Name}, by an agreement with {string.Join(", ", schools.Values.Order(StringComparer.Ordinal))}."),
            Criteria = new() { Narrative = $"Written down by the college for badges that stand:\n\n{string.Join('\n', posted.Badges.Select(badge => $"- {badges[badge.Badge].Name}"))}" },
            AchievementType = "Course",
            CreditsAvailable = posted.Terms.Credits,
            HumanCode = posting.Course,
            ResultDescription = posting.Grade is null ? [] : [new() { Id = $"{id}-grade", Name = "Grade", ResultType = posting.GradeType == GradeType.Letter ? "LetterGrade" : "Result" }],
        };
        return await issuance.PrepareAsync(
            new(
                college, posted.Learner, DerivedKind.Credit, posted.Id.Value, posting.Course, achievement, [.. posted.Badges.Select(badge => badge.Credential)],
                [.. posted.Badges.Select(badge => new MemberEvidence(null, badges[badge.Badge].Name, schools[badge.Issuer]))], posting.At)
            {
                CreditsEarned = posted.Terms.Credits,
                Term = posting.Term,
                Result = posting.Grade is { } grade ? new() { ResultDescription = $"{id}-grade", Value = grade, Status = "Completed" } : null,
            },
            changes,
            cancellationToken);
    }
}
