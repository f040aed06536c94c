using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Presentations;

public static class PresentationChallengeDocuments
{
    public static readonly AccessPath<PresentationChallenge> ByExpiry = new AccessPath<PresentationChallenge>("expiry").OrderBy("expires", challenge => challenge.ExpiresAt);

    public static readonly DocumentKind<PresentationChallenge> Kind = new("presentation_challenge", challenge => challenge.Id) { Paths = [ByExpiry] };
}
