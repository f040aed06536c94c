using System.Collections.Frozen;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using OpenBadge = SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// What a school signs about an award. It says what was reached and how, and of the learner only the pairwise subject id: no name, no
/// e-mail address, no birth date, no student number, no file name.
/// </summary>
public static class AwardCredential
{
    // A media type comes with the file, and free text must not travel along.
    private static readonly FrozenSet<string> knownMediaTypes = new[]
    {
        "application/pdf", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "image/gif", "image/heic", "image/jpeg", "image/png",
        "image/webp", "text/csv", "text/plain", "video/mp4", "video/quicktime", "video/webm",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static OpenBadge.AchievementCredential Of(IssuanceRequest request, InstanceAddress address, CredentialId credential, string subjectId, StatusSlot slot)
    {
        var badge = request.Badge;

        // nbf and exp of the JWT count whole seconds and have to agree with these.
        var from = WholeSeconds(request.DecidedAt);
        return new()
        {
            Id = address.Credential(credential),
            Name = badge.Name,
            Description = badge.Description,
            Issuer = Profile(request.Organization, address),
            ValidFrom = from,
            AwardedDate = from,
            ValidUntil = badge.RecencyMonths is { } months ? from.AddMonths(months) : null,
            CredentialSubject = new()
            {
                Id = subjectId,
                Achievement = BadgeAchievement.Of(badge, address) with { Endorsement = request.Endorsements },
                Result = [.. request.Levels.Select(level => Result(level, address.Achievement(badge.Id)))],
                Source = request.Assessor is { } assessor && assessor.Id != request.Organization.Id ? Profile(assessor, address) : null,
            },
            Evidence = [.. request.Evidence.Select(evidence => Evidence(evidence, request))],
            CredentialStatus = Status(address, slot),
        };
    }

    /// <summary>
    /// What a credential says of a piece of evidence: a file's own SHA-256, but for words, links and certificate numbers, which could be found by guessing,
    /// the SHA-256 of <c>{submission id}\n{digest in hex}</c>. Who is given the work and the submission's id can check either.
    /// </summary>
    public static Sha256Digest PublishedDigest(AwardedEvidence evidence, SubmissionId submission) => evidence.Kind == EvidenceKind.File
        ? evidence.Digest
        : Sha256Digest.Of(Encoding.ASCII.GetBytes($"{submission.Value}\n{evidence.Digest.Hex}"));

    /// <summary>How an organization names itself in what it signs.</summary>
    internal static OpenBadge.Profile Profile(Organization organization, InstanceAddress address) => new()
    {
        Id = address.DidOf(organization.Slug),
        Name = organization.Name,
        Url = address.Organization(organization.Slug),
    };

    private static OpenBadge.Result Result(AwardedLevel level, string achievement) => new()
    {
        ResultDescription = BadgeAchievement.ResultId(achievement, level.Competency),
        AchievedLevel = BadgeAchievement.LevelId(achievement, level.Competency, level.Level),
        Value = level.Level,
        Status = "Completed",
    };

    private static OpenBadge.Evidence Evidence(AwardedEvidence evidence, IssuanceRequest request) => new()
    {
        Id = OpenBadge.Evidence.IdOf(PublishedDigest(evidence, request.SubmissionId).ToBytes()),
        Name = request.Badge.Competency(evidence.Competency).Name,
        Genre = evidence.Kind.ToString(),
        Description = evidence.MediaType is { } type && knownMediaTypes.Contains(type) ? type : null,
    };

    /// <summary>Where the credential's status is read, one entry for each purpose.</summary>
    internal static IReadOnlyList<OpenBadge.BitstringStatusListEntry> Status(InstanceAddress address, StatusSlot slot) =>
        [.. StatusPurposes.All.Select(purpose => Entry(address.StatusList(slot.List, purpose), purpose, slot.Index))];

    private static OpenBadge.BitstringStatusListEntry Entry(string list, StatusPurpose purpose, int index) => new()
    {
        Id = $"{list}#{index}",
        StatusPurpose = purpose.Term(),
        StatusListIndex = index,
        StatusListCredential = list,
    };

    internal static DateTimeOffset WholeSeconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
