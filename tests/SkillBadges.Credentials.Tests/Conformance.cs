namespace SkillBadges.Credentials.Tests;

/// <summary>
/// The published suites and vectors, read where they lie: ../shared/conformance beside the repository. In a lone checkout the
/// tests that need them show as skipped; with CI=true they run and fail.
/// </summary>
internal static class Conformance
{
    public static readonly string Root = Path.Combine(RepositoryRoot.Path, "..", "shared", "conformance");

    public static string? SkipReason =>
        Directory.Exists(Root) || Environment.GetEnvironmentVariable("CI") == "true" ? null : "../shared/conformance is not beside this checkout";

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute() => Skip = Conformance.SkipReason;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = Conformance.SkipReason;
}
