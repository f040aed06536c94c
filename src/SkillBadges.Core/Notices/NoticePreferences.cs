using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

/// <summary>Whether a letter goes out besides the notice.</summary>
public enum Delivery
{
    AtOnce,

    /// <summary>In one letter a day.</summary>
    Daily,
    Off,
}

/// <summary>What a person chose, by kind; the rest is as <see cref="DefaultOf"/> says. Letters that are no notices (passwords, codes, links that were asked for) always go out.</summary>
public sealed record NoticePreferences(PersonId Person, ImmutableDictionary<NoticeKind, Delivery> Chosen)
{
    /// <summary>What nobody may miss.</summary>
    public static bool IsOptional(NoticeKind kind) => kind is not (NoticeKind.BadgeTakenBack or NoticeKind.PaperworkMissing or NoticeKind.RecordSent or NoticeKind.RightsChanged or NoticeKind.RecognitionFell or NoticeKind.CreditBadgeChanged);

    /// <summary>What comes often comes once a day.</summary>
    public static Delivery DefaultOf(NoticeKind kind) => kind is NoticeKind.WorkTurnedIn or NoticeKind.DueSoon ? Delivery.Daily : Delivery.AtOnce;

    public static NoticePreferences None(PersonId person) => new(person, ImmutableDictionary<NoticeKind, Delivery>.Empty);

    public Delivery Of(NoticeKind kind) => Chosen.GetValueOrDefault(kind, DefaultOf(kind));

    /// <exception cref="RefusedException"><c>notice.not-optional</c>.</exception>
    public NoticePreferences Choose(NoticeKind kind, Delivery delivery) => delivery != Delivery.Off || IsOptional(kind)
        ? this with { Chosen = Chosen.SetItem(kind, delivery) }
        : throw Refused.Invalid("notice.not-optional", "Letters of this kind can come once a day, but not be turned off.");
}

public static class NoticePreferencesDocuments
{
    public static readonly DocumentKind<NoticePreferences> Kind = new("notice_preferences", p => p.Person.Value);
}
