using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using SkillBadges.App.Layout;

namespace SkillBadges.App.Tests.Browser;

public sealed partial class SweptPagesTests
{
    private static readonly IReadOnlyList<string> Swept = [.. SweptPages.All.SelectMany(one => one.Paths).Select(path => path.Split('?')[0]).Distinct()];

    [Fact]
    public void Every_page_of_the_program_is_swept()
    {
        var pages = typeof(Site).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).ToList();

        Assert.True(pages.Count > 70, $"Only {pages.Count} pages were found.");
        Assert.Empty(pages.Where(page => !Swept.Any(Address(page).IsMatch)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pages_that_take_a_script_are_swept() => Assert.Empty(SweptPages.Scripted.Except(SweptPages.All.SelectMany(one => one.Paths)));

    // "/work/{Id}" is any "/work/x".
    private static Regex Address(string template) => new($"^{Value().Replace(template, "[^/]+")}$");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Value();
}
