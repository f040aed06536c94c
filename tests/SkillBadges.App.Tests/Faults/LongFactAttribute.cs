namespace SkillBadges.App.Tests.Faults;

/// <summary>Takes minutes: runs with <c>tests/run --long</c>.</summary>
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = Environment.GetEnvironmentVariable("TESTS_LONG") == "1" || Environment.GetEnvironmentVariable("CI") == "true" ? null : "Takes minutes; runs with tests/run --long.";
}
