using Xunit.Abstractions;
using Xunit.Sdk;

namespace SkillBadges.App.Tests.Faults;

/// <summary>Says <c>Duration=long</c> of every <see cref="LongFactAttribute"/>.</summary>
public sealed class LongTraitDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new(LongFactAttribute.Duration, "long")];
}
