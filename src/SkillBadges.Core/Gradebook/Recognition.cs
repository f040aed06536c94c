using System.Globalization;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook;

/// <summary>
/// Whether a competency decided elsewhere counts at a school: the school trusts the issuer, the level is what
/// the badge asks for, it is recent, and the badge it belongs to was not taken back.
/// </summary>
public static class Recognition
{
    /// <param name="line">A line of another record-keeper.</param>
    /// <param name="school">The school that looks.</param>
    /// <param name="issuerDid">The issuer id of the line's record-keeper.</param>
    /// <param name="awards">The learner's awards.</param>
    /// <param name="now">Recency is judged at this instant.</param>
    /// <returns>The line with the reason why it counts, or unchanged.</returns>
    public static GradebookLine Judge(GradebookLine line, Organization school, string issuerDid, IReadOnlyCollection<Award> awards, DateTimeOffset now)
    {
        if (line.RecordKeeper == school.Id || line.Standing is not { IsSufficient: true } level || !school.TrustedIssuers.Contains(issuerDid, StringComparer.Ordinal))
        {
            return line;
        }

        var source = line.History.Last(decided => decided.IsStanding && decided.Level == level);
        var isRecent = source.ValidUntil is null || now < source.ValidUntil;
        var isHeld = awards.Any(award => award.Organization == line.RecordKeeper && award.Badge == line.Competency.Badge && award.IsLive);
        return isRecent && isHeld
            ? line with { Satisfied = new(issuerDid, source.EntryId, Reason(line, level.Label, source.DecidedAt, school)) }
            : line;
    }

    private static string Reason(GradebookLine line, string level, DateTimeOffset decidedAt, Organization school) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.RecordKeeperName}, a school that {school.Name} accepts, decided {level} on {decidedAt:yyyy-MM-dd}; its badge stands.");
}
