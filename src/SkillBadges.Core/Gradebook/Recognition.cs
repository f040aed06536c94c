using System.Globalization;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook;

/// <summary>
/// Whether a competency decided elsewhere counts at a school: the school's trust lists accept the issuer for it, the level is what the badge asks for, it is
/// recent, somebody whom the lists accept decided, and the badge it belongs to stands. What the other school itself only recognized is not passed on.
/// </summary>
public static class Recognition
{
    /// <param name="line">A line of another record-keeper.</param>
    /// <param name="school">The school that looks.</param>
    /// <param name="issuerDid">The issuer id of the line's record-keeper.</param>
    /// <param name="said">What the school's lists say of that issuer and this skill; null for nothing.</param>
    /// <param name="isHeld">Whether the line's record-keeper gave the badge and it stands.</param>
    /// <param name="now">Recency is judged at this instant.</param>
    /// <returns>The line with the reason why it counts, or unchanged.</returns>
    public static GradebookLine Judge(GradebookLine line, Organization school, string issuerDid, TrustAnswer? said, bool isHeld, DateTimeOffset now)
    {
        if (line.RecordKeeper == school.Id || !isHeld || said is not { IsAccepted: true } || line is not { Standing: { IsSufficient: true } level, Recognized: null })
        {
            return line;
        }

        var source = line.History.Last(decided => decided.IsStanding && decided.Level == level);
        var isRecent = (source.ValidUntil is not { } until || now < until) && (said.Entry?.Terms.RecencyMonths is not { } months || now < source.DecidedAt.AddMonths(months));
        var isAccepted = said.Entry?.Terms.Assessors is not { IsEmpty: false } kinds || kinds.Contains(source.Capacity);
        return isRecent && isAccepted
            ? line with { Satisfied = new(issuerDid, source.EntryId, Reason(line, level.Label, source.DecidedAt, school, said)) }
            : line;
    }

    private static string Reason(GradebookLine line, string level, DateTimeOffset decidedAt, Organization school, TrustAnswer said) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.RecordKeeperName}, whom {school.Name} accepts{(said.Entry?.Terms is { Scope: not TrustScope.Everything } terms ? $" for {terms.Subject}" : "")}, decided {level} on {decidedAt:yyyy-MM-dd}; its badge stands.");
}
