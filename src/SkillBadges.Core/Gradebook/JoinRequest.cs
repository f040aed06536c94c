using System.Text;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>A learner's one-time code; kept as its hash. The code's own strength is 60 random bits for one day.</summary>
public sealed record JoinCode(string Id, PersonId Learner, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public static string IdOf(string code) => Sha256Digest.Of(Encoding.UTF8.GetBytes(code)).Hex;
}

/// <summary>One registrar's word that two records are one learner's; waits for the other school's.</summary>
public sealed record JoinProposal(string Id, PersonId First, OrganizationId FirstSchool, PersonId Second, OrganizationId SecondSchool, PersonId ProposedBy, DateTimeOffset ProposedAt);

public static class JoinDocuments
{
    public static readonly AccessPath<JoinCode> CodesByExpiry = new AccessPath<JoinCode>("expiry").OrderBy("expires", c => c.ExpiresAt);

    public static readonly DocumentKind<JoinCode> Codes = new("join_code", c => c.Id) { Paths = [CodesByExpiry] };

    public static readonly AccessPath<JoinProposal> ProposalsBySchool =
        new AccessPath<JoinProposal>("school").Equal("school", p => p.SecondSchool.Value).OrderBy("proposed", p => p.ProposedAt);

    public static readonly DocumentKind<JoinProposal> Proposals = new("join_proposal", p => p.Id) { Paths = [ProposalsBySchool] };
}
