using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>The sides from which a badge is signed, in people's words.</summary>
internal static class PartyWords
{
    public static string Of(Texts T, SigningParty party) => party switch
    {
        SigningParty.Secondary => T["school or district"],
        SigningParty.Postsecondary => T["college"],
        SigningParty.Industry => T["industry body or employer"],
        _ => T["state office"],
    };
}
