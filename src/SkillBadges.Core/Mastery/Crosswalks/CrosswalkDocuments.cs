using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Mastery.Crosswalks;

public static class CrosswalkDocuments
{
    /// <summary>Two sides agree once from scale to scale for a purpose; a change is another wording of it.</summary>
    public static readonly AccessPath<Crosswalk> BySides = new AccessPath<Crosswalk>("sides")
        .Equal("from_scale", c => c.From).Equal("to_scale", c => c.To).Equal("purpose", c => c.Purpose.Term()).Equal("giver", c => c.Giver.Value).Equal("receiver", c => c.Receiver.Value).Unique();

    /// <summary>Everybody's agreements from scale to scale for a purpose; opposite ones may lie side by side.</summary>
    public static readonly AccessPath<Crosswalk> ByScales =
        new AccessPath<Crosswalk>("scales").Equal("from_scale", c => c.From).Equal("to_scale", c => c.To).Equal("purpose", c => c.Purpose.Term());

    public static readonly AccessPath<Crosswalk> ByOrganization = new AccessPath<Crosswalk>("organization").Each("organization", c => [c.Giver.Value, c.Receiver.Value]);

    public static readonly DocumentKind<Crosswalk> Kind = new("crosswalk", c => c.Id.Value) { Paths = [BySides, ByScales, ByOrganization] };
}
