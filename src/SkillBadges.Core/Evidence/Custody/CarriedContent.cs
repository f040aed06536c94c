using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>Proof that came with a student's record from another school; the entries that it belongs to name it by digest.</summary>
public sealed record CarriedContent(PersonId Learner, OrganizationId School, Sha256Digest Digest, DateTimeOffset At);

public static class CarriedContentDocuments
{
    public static readonly AccessPath<CarriedContent> ByContent = new AccessPath<CarriedContent>("content").Equal("digest", c => c.Digest.Hex);

    public static readonly AccessPath<CarriedContent> ByRetention = new AccessPath<CarriedContent>("retention").Equal("school", c => c.School.Value).OrderBy("came", c => c.At);

    public static readonly DocumentKind<CarriedContent> Kind = new("carried_content", c => $"{c.Learner.Value}.{c.Digest.Hex}") { Paths = [ByContent, ByRetention] };
}
