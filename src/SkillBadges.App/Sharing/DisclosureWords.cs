using SkillBadges.App.Layout;
using SkillBadges.Core.Sharing;

namespace SkillBadges.App.Sharing;

/// <summary>By which door something of a record was seen, in people's words.</summary>
internal static class DisclosureWords
{
    public static string Of(Texts T, DisclosureDoor door) => door switch
    {
        DisclosureDoor.Gradebook => T["looked at the record here"],
        DisclosureDoor.ShareLink => T["opened a link that was given"],
        DisclosureDoor.CredentialDownload => T["was handed a signed badge"],
        DisclosureDoor.Transfer => T["was sent the record"],
        DisclosureDoor.Transcript => T["was sent a transcript"],
        DisclosureDoor.Export => T["was handed a file about many students"],
        DisclosureDoor.CreditClaim => T["looked at a claim of college credit"],
        _ => T["found it in a search for people with skills"],
    };
}
