using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Papers;

public static class PaperDocuments
{
    /// <summary>Outbox topic: what is missing shall be looked at; the subject is a <see cref="PlacementId"/>.</summary>
    public const string Topic = "placements.papers";

    public static readonly DocumentKind<InternshipPapers> Kind = new("internship_papers", p => p.Placement.Value);

    /// <summary>When the coordinator is told what is missing: a week before the internship begins, and on the day.</summary>
    public static Changes SendReminders(this Changes changes, Placement placement, DateTimeOffset now)
    {
        foreach (var due in new[] { placement.From.AddDays(-7), placement.From }.Where(due => due > now).DefaultIfEmpty(now))
        {
            changes.Send(new(NewId.Ordered(now), Topic, placement.Id.Value, due));
        }

        return changes;
    }
}
