using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>What a learner may claim: a promise that held on the day that counts, and the badges that it was made for.</summary>
/// <param name="Subject">The version of the badge or stack.</param>
/// <param name="Name">Of the badge or stack.</param>
/// <param name="Certificates">What a stack asks for beside its badges; the college looks at these itself.</param>
public sealed record CreditOffer(ArticulatedCredit Credit, BadgeVersionId Subject, string Name, Organization College, ImmutableArray<Read<Award>> Awards, ImmutableArray<string> Certificates)
{
    public Articulation Articulation => Credit.Articulation;

    public ArticulationTerms Terms => Credit.Revision.Terms;
}
