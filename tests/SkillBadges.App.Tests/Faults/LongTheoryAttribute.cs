namespace SkillBadges.App.Tests.Faults;

/// <summary>A <see cref="LongFactAttribute"/> in parts, so that each can be run by itself.</summary>
[Xunit.Sdk.TraitDiscoverer("SkillBadges.App.Tests.Faults.LongTraitDiscoverer", "SkillBadges.App.Tests")]
internal class LongTheoryAttribute : TheoryAttribute, Xunit.Sdk.ITraitAttribute
{
    public LongTheoryAttribute() => Skip = new LongFactAttribute().Skip;
}

/// <summary>One that needs PostgreSQL too.</summary>
[Xunit.Sdk.TraitDiscoverer("SkillBadges.App.Tests.Faults.LongTraitDiscoverer", "SkillBadges.App.Tests")]
internal sealed class LongPostgresTheoryAttribute : LongTheoryAttribute
{
    public LongPostgresTheoryAttribute() => Skip ??= new PostgresFactAttribute().Skip;
}
