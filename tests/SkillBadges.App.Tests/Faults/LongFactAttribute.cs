namespace SkillBadges.App.Tests.Faults;

/// <summary>
/// Takes minutes: runs with <c>tests/run --long</c> only. <c>tests/run</c> leaves it out by <see cref="Duration"/>, so that it is not selected instead of skipped;
/// who runs the project by hand sees it skipped, with the reason.
/// </summary>
[Xunit.Sdk.TraitDiscoverer("SkillBadges.App.Tests.Faults.LongTraitDiscoverer", "SkillBadges.App.Tests")]
internal class LongFactAttribute : FactAttribute, Xunit.Sdk.ITraitAttribute
{
    public const string Duration = "Duration";

    public LongFactAttribute() => Skip = Environment.GetEnvironmentVariable("TESTS_LONG") == "1" ? null : "Takes minutes; runs with tests/run --long.";
}

/// <summary>One that needs PostgreSQL too.</summary>
[Xunit.Sdk.TraitDiscoverer("SkillBadges.App.Tests.Faults.LongTraitDiscoverer", "SkillBadges.App.Tests")]
internal sealed class LongPostgresFactAttribute : LongFactAttribute
{
    public LongPostgresFactAttribute() => Skip ??= new PostgresFactAttribute().Skip;
}
