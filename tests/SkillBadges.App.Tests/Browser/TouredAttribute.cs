using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Sdk;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Notes which tours have begun, so that what none of them did is looked for when all of them did.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TouredAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<MethodInfo, bool> begun = new();

    private static readonly IReadOnlyList<MethodInfo> tours =
    [
        .. typeof(TouredAttribute).Assembly.GetTypes().Where(type => type.Name.EndsWith("Tour", StringComparison.Ordinal)).SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes().Any(one => one is BrowserFactAttribute or BrowserTheoryAttribute)),
    ];

    public static bool ByAll => tours.All(begun.ContainsKey);

    public override void Before(MethodInfo methodUnderTest) => begun[methodUnderTest] = true;
}
