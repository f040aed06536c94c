using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Peers;

public static class PeerReviewDocuments
{
    public static readonly AccessPath<PeerReview> BySubmission = new AccessPath<PeerReview>("submission").Equal("submission", r => r.Submission.Value).OrderBy("asked", r => r.AskedAt);

    public static readonly AccessPath<PeerReview> ByPeer = new AccessPath<PeerReview>("peer").Each("peer", r => r.Peers.Select(p => p.Value)).OrderBy("asked", r => r.AskedAt);

    public static readonly DocumentKind<PeerReview> Kind = new("peer_review", r => r.Id.Value) { Paths = [BySubmission, ByPeer] };
}
