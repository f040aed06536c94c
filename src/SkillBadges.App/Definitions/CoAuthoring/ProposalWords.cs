using SkillBadges.App.Layout;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>What became of a proposal, in people's words.</summary>
internal static class ProposalWords
{
    public static string Of(Texts T, ProposalState state) => state switch
    {
        ProposalState.Open => T["waits for an answer"],
        ProposalState.Accepted => T["accepted"],
        ProposalState.Rejected => T["not accepted"],
        _ => T["taken back by who proposed it"],
    };
}
