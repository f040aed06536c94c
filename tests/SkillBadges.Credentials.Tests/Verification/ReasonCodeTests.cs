using System.Text.RegularExpressions;

namespace SkillBadges.Credentials.Tests.Verification;

public sealed partial class ReasonCodeTests
{
    [Fact]
    public void Every_reason_is_explained_and_every_explanation_has_its_reason()
    {
        var root = RepositoryRoot.Path;
        var engine = Path.Combine(root, "src", "SkillBadges.Credentials");
        var files = new[] { "Verification", "StatusLists", "Dids", "Keys" }.SelectMany(folder => Directory.GetFiles(Path.Combine(engine, folder), "*.cs"))
            .Concat(Directory.GetFiles(engine, "*.cs"))
            .Concat(Directory.GetFiles(Path.Combine(engine, "Proofs"), "VcJwt*.cs"))
            .Where(file => Path.GetFileName(file) != "NativeNames.cs");
        var used = files.SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .Append("ok").ToHashSet();
        var explained = Explained().Matches(File.ReadAllText(Path.Combine(root, "docs", "verification.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(used.Except(explained));

        // One-word codes cannot be told from other text in the sources, but each is used by a vector.
        Assert.Empty(explained.Except(used).Except(["signature", "expired", "revoked", "suspended"]));
    }

    [GeneratedRegex("\"([a-z][a-z0-9]*(?:[.-][a-z0-9]+)+)\"")]
    private static partial Regex Code();

    [GeneratedRegex("(?m)(?<=^\\| [^|]*)`([a-z][a-z0-9.-]*)`")]
    private static partial Regex Explained();
}
