using SkillBadges.App.Tests.Browser;
using SkillBadges.App.Tests.Faults.Points;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("SkillBadges.App.Tests.House.LongestFirst", "SkillBadges.App.Tests")]

namespace SkillBadges.App.Tests.House;

/// <summary>Begins with the collections that take minutes one test after another, so that the others run beside them instead of before them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] longest = [BrowsingCollection.Name, nameof(FaultPointTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => longest.Any(name => collection.DisplayName.Contains(name, StringComparison.Ordinal)));
}
