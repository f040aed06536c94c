using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Gradebook;

/// <summary>The agreement by which levels of one scale are read as letters, named wherever a letter stands.</summary>
/// <param name="Crosswalk">For the purpose of transcript letters.</param>
/// <param name="Revision">The wording that holds on that day.</param>
/// <param name="Authority">Who agreed on it, by name.</param>
/// <param name="On">The day of the transcript.</param>
public sealed record LetterPolicy(Crosswalk Crosswalk, AgreementRevision<CrosswalkTerms> Revision, string Authority, MasteryScale From, MasteryScale To, DateOnly On)
{
    /// <summary>The letter, or a range of letters; null where nothing was agreed for the level. Never a guess.</summary>
    public string? Of(string level)
    {
        if (Crosswalk.EquivalentOn(level, On) is not { } equivalence)
        {
            return null;
        }

        var (lowest, highest) = (To.Level(equivalence.Lowest).Label, To.Level(equivalence.Highest).Label);
        return lowest == highest ? lowest : $"{lowest} to {highest}";
    }
}
