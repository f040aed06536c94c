using SkillBadges.App.Layout;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Sharing;

/// <summary>Consents in people's words.</summary>
internal static class ConsentWords
{
    public static string Of(Texts T, RecordKind kind) => kind switch
    {
        RecordKind.Credentials => T["badges"],
        RecordKind.Levels => T["levels, skill by skill"],
        RecordKind.Evidence => T["what the proof is called"],
        _ => T["the full name"],
    };

    public static string Of(Texts T, RecipientKind kind) => kind switch
    {
        RecipientKind.ShareLink => T["whoever is given a link"],
        RecipientKind.PublicPage => T["everybody, on a public page"],
        RecipientKind.EmployerSearch => T["employers who search for people with skills"],
        RecipientKind.LevelUpList => T["the school's list of who reached a new level"],
        _ => T["one organization"],
    };

    public static string Of(Texts T, ConsentState state) => state switch
    {
        ConsentState.InForce => T["in force"],
        ConsentState.Waiting => T["waits for a yes"],
        ConsentState.Withdrawn => T["withdrawn"],
        ConsentState.Expired => T["run out"],
        _ => T["allows nothing"],
    };
}
