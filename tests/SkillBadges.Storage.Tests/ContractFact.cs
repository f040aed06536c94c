using Xunit.Abstractions;
using Xunit.Sdk;

namespace SkillBadges.Storage.Tests;

/// <summary>A test of a contract: it runs for every engine, and shows as skipped for one that is not there.</summary>
[XunitTestCaseDiscoverer("SkillBadges.Storage.Tests.ContractDiscoverer", "SkillBadges.Storage.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>As <see cref="ContractFactAttribute"/>, with rows of data.</summary>
[XunitTestCaseDiscoverer("SkillBadges.Storage.Tests.ContractTheoryDiscoverer", "SkillBadges.Storage.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractTheoryAttribute : TheoryAttribute;

public sealed class ContractDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer facts = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        AbsentEngine.Skip(sink, discoveryOptions, testMethod) ?? facts.Discover(discoveryOptions, testMethod, factAttribute);
}

public sealed class ContractTheoryDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly TheoryDiscoverer theories = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        AbsentEngine.Skip(sink, discoveryOptions, testMethod) ?? theories.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Classes that test PostgreSQL are named so.</summary>
internal static class AbsentEngine
{
    public static IEnumerable<IXunitTestCase>? Skip(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        PostgresSchema.SkipReason is { } reason && method.TestClass.Class.Name.Contains(".Postgres", StringComparison.Ordinal)
            ? [new SkippedTestCase(reason, sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)]
            : null;
}

/// <summary>A test case that says why it does not run.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    private string reason = "";

    [Obsolete("Called by the de-serializer.", error: true)]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(string reason, IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method) => this.reason = reason;

    protected override string GetSkipReason(IAttributeInfo factAttribute) => reason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(reason), reason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        reason = data.GetValue<string>(nameof(reason));
        base.Deserialize(data);
    }
}
