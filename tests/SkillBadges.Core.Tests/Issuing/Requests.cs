using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Definitions;

namespace SkillBadges.Core.Tests.Issuing;

/// <summary>What the tests of issuing award, by whom and to whom.</summary>
internal static class Requests
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly InstanceAddress Address = InstanceAddress.Parse("http://localhost:5080");

    public static Organization School(string slug = "westfield-high") =>
        Organization.Found(OrganizationId.From($"org-{slug}"), slug, $"School {slug}", OrganizationKind.HighSchool, null);

    public static IssuanceRequest Approved(string learner = "learner-1", Organization? school = null, int attempt = 1)
    {
        var badge = Badges.Bench().Publish(1);
        return new(
            school ?? School(),
            PersonId.From(learner),
            badge,
            attempt,
            [.. badge.Competencies.Select(competency => new AwardedLevel(competency.Id, "proficient"))],
            [new(Sha256Digest.Of("photo"u8), "image/jpeg", EvidenceKind.File, "filing")],
            Noon,
            SubmissionId.From("submission-1"),
            "decision-1",
            null);
    }
}
