namespace SkillBadges.App.Tests.Browser;

/// <summary>A table of tests in a real browser; shown as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = File.Exists(Browsing.Chromium) ? null : "Chromium is not installed here (tests/run installs it).";
}
