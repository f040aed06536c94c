namespace SkillBadges.App.Tests.Browser;

/// <summary>A test in a real browser; shown as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = File.Exists(Browsing.Chromium) ? null : "Chromium is not installed here (tests/run installs it).";
}
