using System.Collections.Immutable;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>Whose yes a consent is.</summary>
public enum ConsentVoice
{
    Learner,
    Guardian,
}

/// <summary>
/// Who has to say yes, for one record-keeper's record at one moment. Rights pass to the learner at 18, and at once for what a college
/// keeps (34 CFR 99.3, 99.5). What whoever has the link may open takes both while the learner is under 18, whichever school keeps the record, and
/// is not there at all for children under 13 (security 4.2, 4.3).
/// </summary>
public static class ConsentRule
{
    /// <param name="familyHoldsRights">In this record, now.</param>
    /// <param name="age">Of the learner, now.</param>
    /// <param name="recipient">To whom it would be shown.</param>
    /// <returns>All of whom are needed; none when nobody's yes allows it.</returns>
    public static ImmutableArray<ConsentVoice> Voices(bool familyHoldsRights, AgeBand age, RecipientKind recipient) => recipient switch
    {
        RecipientKind.EmployerSearch => age == AgeBand.Adult && !familyHoldsRights ? [ConsentVoice.Learner] : [],
        RecipientKind.PublicPage or RecipientKind.ShareLink => age switch
        {
            AgeBand.Adult => familyHoldsRights ? [ConsentVoice.Guardian] : [ConsentVoice.Learner],
            AgeBand.Teen => [ConsentVoice.Learner, ConsentVoice.Guardian],
            _ => [],
        },
        _ => familyHoldsRights ? [ConsentVoice.Guardian] : [ConsentVoice.Learner],
    };

    /// <summary>As <see cref="Voices"/>, or why nobody may.</summary>
    /// <exception cref="RefusedException"><c>consent.adults-only</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.</exception>
    public static ImmutableArray<ConsentVoice> Require(bool familyHoldsRights, AgeBand age, RecipientKind recipient)
    {
        if (Voices(familyHoldsRights, age, recipient) is { Length: > 0 } needed)
        {
            return needed;
        }

        if (recipient == RecipientKind.EmployerSearch)
        {
            throw Refused.Forbidden("consent.adults-only", "Employers search among adults only.");
        }

        throw age == AgeBand.Unknown
            ? Refused.Forbidden("consent.age-unknown", "The school has not entered from which day the learner holds the rights; please ask its office. Until then nothing is shown outside.")
            : Refused.Forbidden("consent.too-young", "Nothing of a child under 13 is shown outside the school.");
    }
}
